import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord, type Json, type JsonRecord, parseJson, recordAt, textAt } from '../json.ts';

/** One synthesised stack: its template as CDK wrote it, and where its assets lie. */
export interface StackTemplate {
  readonly name: string;
  readonly region: string | undefined;
  readonly template: JsonRecord;
  /** Asset hash → absolute path of the bundled folder or file. */
  readonly assets: ReadonlyMap<string, string>;
}

/** Reads every stack of a cloud assembly (`cdk.out`), stages included. */
export function readAssembly(directory: string): StackTemplate[] {
  const manifest = readJson(join(directory, 'manifest.json'));
  const stacks: StackTemplate[] = [];
  for (const [id, artifact] of Object.entries(recordAt(manifest, 'artifacts'))) {
    const type = textAt(artifact, 'type');
    if (type === 'cdk:cloud-assembly') {
      stacks.push(...readAssembly(join(directory, textAt(artifact, 'properties', 'directoryName') ?? id)));
    }
    if (type === 'aws:cloudformation:stack') stacks.push(readStack(directory, id, artifact));
  }
  return stacks;
}

function readStack(directory: string, id: string, artifact: Json): StackTemplate {
  const template = readJson(join(directory, textAt(artifact, 'properties', 'templateFile') ?? `${id}.template.json`));
  const region = textAt(artifact, 'environment')?.split('/').at(-1);
  return {
    name: textAt(artifact, 'properties', 'stackName') ?? id,
    region: region === 'unknown-region' ? undefined : region,
    template: isRecord(template) ? template : {},
    assets: readAssets(directory, id),
  };
}

function readAssets(directory: string, id: string): Map<string, string> {
  const assets = new Map<string, string>();
  const files = recordAt(readJson(join(directory, `${id}.assets.json`)), 'files');
  for (const [hash, file] of Object.entries(files)) {
    const path = textAt(file, 'source', 'path');
    if (path !== undefined) assets.set(hash, join(directory, path));
  }
  return assets;
}

function readJson(path: string): Json {
  return parseJson(readFileSync(path, 'utf8'));
}
