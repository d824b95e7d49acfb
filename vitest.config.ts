import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of the product share one product and its clock: they run in the order of their names, the same everywhere. */
class ByName extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files.filter(({ project }) => project.name !== 'product'));
    const product = files.filter(({ project }) => project.name === 'product');
    return [...others, ...product.sort((a, b) => a.moduleId.localeCompare(b.moduleId))];
  }
}

/** Three speeds: rules (no I/O), actions (the real table engine, sockets), product and demo (everything running, through public doors). */
export default defineConfig({
  test: {
    // Otherwise one core is left alone, of two.
    maxWorkers: '100%',
    maxConcurrency: 2,
    // Loading the same modules for each file anew takes longer than the tests do; a file keeps nothing that another would find.
    isolate: false,
    // What a module is turned into is kept by its content in node_modules: half of the rules' time was that.
    experimental: { fsModuleCache: true },
    // Failures are read from the tests, not from what functions say as they work.
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    sequence: { sequencer: ByName },
    // They also run beside the product's, at the lowest priority.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'rules',
          pool: 'threads',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.action.test.ts', 'test/product/**', 'test/infra/**', 'test/local/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'actions',
          include: ['test/**/*.action.test.ts'],
          globalSetup: ['test/support/table-engine.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'infra',
          include: ['test/infra/**/*.test.ts', 'test/local/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'product',
          include: ['test/product/**/*.test.ts'],
          exclude: ['test/product/journeys/demo.test.ts'],
          // Its files share the product, and nothing else.
          isolate: true,
          globalSetup: ['test/product/support/running.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          // It starts a product of its own, from the templates that the others have made by then.
          name: 'demo',
          isolate: true,
          include: ['test/product/journeys/demo.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
