#!/usr/bin/env bash
# Restores the table into a new one as it was at an instant, with everything that AWS does not restore with the data:
# stream, expiry, recovery, deletion protection. Changes nothing that is in use. Usage:
#   infra/restore-table.sh <table> <instant, RFC 3339> <new table>
set -euo pipefail
table=$1 instant=$2 restored=$3

key=$(aws dynamodb describe-table --table-name "$table" --query Table.SSEDescription.KMSMasterKeyArn --output text)
aws dynamodb restore-table-to-point-in-time --source-table-name "$table" --target-table-name "$restored" \
  --restore-date-time "$instant" --sse-specification-override "Enabled=true,SSEType=KMS,KMSMasterKeyId=$key" >/dev/null
echo "restoring $table as of $instant into $restored …"
# One wait lasts 500 seconds; a large table takes longer.
until aws dynamodb wait table-exists --table-name "$restored"; do echo "… still restoring"; done

aws dynamodb update-table --table-name "$restored" --deletion-protection-enabled \
  --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES >/dev/null
aws dynamodb wait table-exists --table-name "$restored"
aws dynamodb update-time-to-live --table-name "$restored" \
  --time-to-live-specification Enabled=true,AttributeName=expiresAtEpochSeconds >/dev/null
aws dynamodb update-continuous-backups --table-name "$restored" \
  --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true >/dev/null

echo "restored. To let it take over, put this into the stage in cdk.json and deploy:"
aws dynamodb describe-table --table-name "$restored" \
  --query '{restoredTable: {name: Table.TableName, streamArn: Table.LatestStreamArn}}'
