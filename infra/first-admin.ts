import { parseArgs } from 'node:util';
import { cognitoUserPool } from '../functions/identity/cognito.ts';
import { makeFirstAdmin } from '../functions/identity/first-admin.ts';
import { addOrganisation } from '../functions/organisations/change-organisation.ts';
import { createTools } from '../functions/shared/tools.ts';

const usage = `Makes the first system administrator of a deployment, and the country that they administer.

  npx tsx infra/first-admin.ts --table <TableName> --pool <UserPoolId> --email <address> --name <name> \\
    [--country-id org_in --country India]

Table and pool are outputs of the stack "Lasting". Needs AWS credentials that may write both.`;

const { values } = parseArgs({
  options: {
    table: { type: 'string' },
    pool: { type: 'string' },
    email: { type: 'string' },
    name: { type: 'string' },
    country: { type: 'string' },
    'country-id': { type: 'string' },
  },
});
const { table, pool, email, name, country } = values;
const countryId = values['country-id'];
if (!table || !pool || !email || !name || (country === undefined) !== (countryId === undefined)) {
  console.error(usage);
  process.exit(2);
}
process.env.TABLE_NAME = table;
process.env.USER_POOL_ID = pool;
const tools = createTools();
const deployer = {
  ...{ userId: 'deployer', roles: [], displayName: 'Deployer', language: 'en', teams: [], organisationIds: [] },
  ...{ disabled: false, tokensValidFromEpochSeconds: 0 },
};
const organisation =
  countryId && country
    ? await addOrganisation({ ...tools, actor: deployer }, undefined, {
        organisationId: countryId,
        level: 'country',
        name: country,
      })
    : undefined;
const { code } = await makeFirstAdmin(tools, cognitoUserPool(), { email, name, ...(organisation && { organisation }) });
console.log(`${email} can sign in for three days with the code ${code}`);
