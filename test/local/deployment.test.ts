import { describe, expect, it } from 'vitest';
import { momentAsked } from '../../infra/local/control/moment.ts';
import type { JsonRecord } from '../../infra/local/json.ts';
import { readDeployment } from '../../infra/local/template/deployment.ts';
import { roleStatements } from '../../infra/local/template/statements.ts';

const place = { region: 'ap-south-1', accountId: '000000000000', endpoint: 'http://127.0.0.1:4281' };
const stack = (name: string, template: JsonRecord) => ({
  name,
  region: undefined,
  template,
  assets: new Map<string, string>(),
});
const queue = (QueueName: JsonRecord | string) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName } });
/** `<name>` as CloudFormation writes a variable. */
const variables = (text: string) => text.replaceAll('<', '$'.concat('{')).replaceAll('>', '}');
const nameOf = (value: JsonRecord, more: JsonRecord = {}) =>
  readDeployment([stack('S', { ...more, Resources: { Q: queue(value), R: queue('other') } })], place).ofType(
    'AWS::SQS::Queue',
  )[0]?.name;

describe('resolves', () => {
  const parts = {
    Mappings: { M: { 'ap-south-1': { word: 'here' } } },
    Conditions: { Yes: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'ap-south-1'] } },
  };
  it.each<[string, JsonRecord, string]>([
    ['Ref of an address', { Ref: 'R' }, 'http://127.0.0.1:4281/000000000000/other'],
    ['GetAtt', { 'Fn::GetAtt': ['R', 'Arn'] }, 'arn:aws:sqs:ap-south-1:000000000000:other'],
    ['Sub', { 'Fn::Sub': variables('a-<AWS::Region>-<R.QueueName>-<!kept>') }, variables('a-ap-south-1-other-<kept>')],
    [
      'Sub with variables',
      { 'Fn::Sub': [variables('<x>-<AWS::AccountId>'), { x: { Ref: 'AWS::Partition' } }] },
      'aws-000000000000',
    ],
    ['Join and Split', { 'Fn::Join': ['+', { 'Fn::Split': ['-', 'a-b-c'] }] }, 'a+b+c'],
    ['Select', { 'Fn::Select': [1, { 'Fn::Split': ['/', 'x/y/z'] }] }, 'y'],
    ['FindInMap', { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'word'] }, 'here'],
    ['If', { 'Fn::If': ['Yes', 'yes', 'no'] }, 'yes'],
    ['Not and Or in If', { 'Fn::If': ['Yes', { 'Fn::Base64': 'hi' }, 'no'] }, 'aGk='],
  ])('%s', (_, value, expected) => {
    expect(nameOf(value, parts)).toBe(expected);
  });

  it('what another stack exports', () => {
    const exporting = stack('A', {
      Resources: { Q: queue('shared') },
      Outputs: { Out: { Value: { 'Fn::GetAtt': ['Q', 'Arn'] }, Export: { Name: 'A:Queue' } } },
    });
    const importing = stack('B', {
      Resources: { T: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { 'Fn::ImportValue': 'A:Queue' } } } },
    });
    expect(readDeployment([exporting, importing], place).ofType('AWS::SNS::Topic')[0]?.name).toBe(
      'arn:aws:sqs:ap-south-1:000000000000:shared',
    );
  });

  it('a secret, the same every time', () => {
    const template = {
      Resources: {
        S: {
          Type: 'AWS::SecretsManager::Secret',
          Properties: { GenerateSecretString: { PasswordLength: 20, ExcludePunctuation: true } },
        },
        Q: queue({ 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'S' }, ':SecretString:::}}']] }),
      },
    };
    const read = () => readDeployment([stack('S', template)], place).ofType('AWS::SQS::Queue')[0]?.name;
    expect(read()).toMatch(/^[A-Za-z0-9]{20}$/);
    expect(read()).toBe(read());
  });
});

it('refuses to start on a type that nothing here runs, by its name', () => {
  const template = {
    Resources: { Odd: { Type: 'AWS::StepFunctions::StateMachine' }, Fine: { Type: 'AWS::CloudWatch::Alarm' } },
  };
  expect(() => readDeployment([stack('S', template)], place)).toThrow('AWS::StepFunctions::StateMachine (S/Odd)');
});

it('refuses to start on a reference that leads nowhere', () => {
  expect(() => nameOf({ Ref: 'Nobody' })).toThrow('S: cannot resolve Ref Nobody');
});

it('gathers what a role allows from inline, attached and managed policies', () => {
  const policy = (action: string) => ({ Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
  const template = {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { Policies: [{ PolicyDocument: policy('a:Inline') }], ManagedPolicyArns: [{ Ref: 'Managed' }] },
      },
      Attached: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyName: 'p', PolicyDocument: policy('a:Attached'), Roles: [{ Ref: 'Role' }] },
      },
      Managed: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy('a:Managed') } },
      Other: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyName: 'o', PolicyDocument: policy('a:Other'), Roles: ['else'] },
      },
    },
  };
  const deployment = readDeployment([stack('S', template)], place);
  const [role] = deployment.ofType('AWS::IAM::Role');
  const actions = roleStatements(deployment, role?.arn).flatMap((statement) => statement.Action ?? []);
  expect(actions.sort()).toEqual(['a:Attached', 'a:Inline', 'a:Managed']);
});

describe('a clock request', () => {
  const now = Date.parse('2026-11-30T04:10:00Z');
  const asked = (request: JsonRecord) => new Date(momentAsked(request, now)).toISOString();
  it.each<[JsonRecord, string]>([
    [{ advance: 'PT6H' }, '2026-11-30T10:10:00.000Z'],
    [{ advance: 'P1DT30M' }, '2026-12-01T04:40:00.000Z'],
    [{ to: '2026-11-30T05:00:00Z' }, '2026-11-30T05:00:00.000Z'],
    [{ to: '20:00', zone: 'Asia/Kolkata' }, '2026-11-30T14:30:00.000Z'],
    [{ to: '08:00', zone: 'Asia/Kolkata' }, '2026-12-01T02:30:00.000Z'],
  ])('%j is at %s', (request, expected) => {
    expect(asked(request)).toBe(expected);
  });
  it.each<JsonRecord>([{}, { advance: 'soon' }, { advance: '-PT1H' }, { to: '2026-01-01T00:00:00Z' }])(
    '%j is refused',
    (request) => {
      expect(() => asked(request)).toThrow();
    },
  );
});
