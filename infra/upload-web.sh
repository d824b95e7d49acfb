#!/usr/bin/env bash
# Uploads the built web app to the bucket that the last deployment named (dist/outputs.json).
set -euo pipefail
cd "$(dirname "$0")/.."
bucket=$(node -p "Object.values(require('./dist/outputs.json')).find((stack) => stack.WebBucket).WebBucket")

# Whom to call for help at the sign-in screen, as the stage says (cdk.json).
node -p "Object.values(require('./dist/outputs.json')).find((stack) => stack.Clinic)?.Clinic ?? '{}'" > dist/web/clinic.json

# Files whose name holds their hash never change, and old ones stay for pages that are still open.
aws s3 sync dist/web/assets "s3://$bucket/assets" --cache-control 'public,max-age=31536000,immutable'
# The page and the service worker are asked for anew each time; they come last, when all they name is there.
aws s3 sync dist/web "s3://$bucket" --exclude 'assets/*' --cache-control 'no-cache'
