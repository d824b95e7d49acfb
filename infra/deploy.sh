#!/usr/bin/env bash
# Builds the web app, deploys every stack of a stage and uploads the app. Arguments go to CDK: `-c stage=pilot`.
# Refuses while a setting of the stage is missing (--strict). Steps before the first time: docs/deploy.md.
set -euo pipefail
cd "$(dirname "$0")/.."
npm run build:web
npx cdk deploy --all --strict --outputs-file dist/outputs.json "$@"
infra/upload-web.sh
