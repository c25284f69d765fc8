import Table from 'cli-table3';
import type { Reporter, TestModule } from 'vitest/node';
import type { CaseRecord } from '../../test/stories/matrix.js';

interface Row {
  cases: number;
  passed: number;
  ms: number;
}

/** A vitest reporter: what became of the cases, for each platform. A run without any case is red. */
export default class CasesTable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const cases = modules.flatMap((module) =>
      [...module.children.allTests()].flatMap((test) => test.meta().cases ?? []),
    );
    if (cases.length === 0) {
      console.error('No case has such an id.');
      process.exitCode = 1;
      return;
    }
    console.log(tableOf(cases));
    for (const { id, passed } of cases) if (!passed) console.log(`npm run faults -- ${id}`);
  }
}

/** In place of a name, behind all names. */
const TOGETHER = '~';

/** What a platform's stories are called: `logisticsPlusOrder` is of `logisticsPlus`. */
const platformOf = (story: string): string => story.replace(/(?!^)[A-Z][a-z]*$/, '');

/**
 * A line for each story and kind, for each platform, and for all. The time of cases that ran side by side is counted for
 * each of them.
 */
export function tableOf(cases: readonly CaseRecord[]): string {
  const rows = new Map<string, Row>();
  for (const { id, passed, ms } of cases) {
    const [story = '', kind = ''] = id.split('/');
    const platform = platformOf(story);
    for (const name of [`${platform}/${story}/${kind}`, `${platform}/${TOGETHER}/all`, `${TOGETHER}/${TOGETHER}/all`]) {
      const row = rows.get(name) ?? { cases: 0, passed: 0, ms: 0 };
      rows.set(name, { cases: row.cases + 1, passed: row.passed + (passed ? 1 : 0), ms: row.ms + ms });
    }
  }
  const table = new Table({
    head: ['platform', 'story', 'kind', 'cases', 'passed', 'minutes', 'seconds a case'],
    style: { head: [], border: [] },
  });
  for (const name of [...rows.keys()].sort()) table.push(line(name, rows.get(name) as Row));
  return table.toString();
}

const line = (name: string, { cases, passed, ms }: Row): string[] => [
  ...name.split('/').map((word) => (word === TOGETHER ? '' : word)),
  `${cases}`,
  `${passed}`,
  (ms / 60_000).toFixed(1),
  (ms / cases / 1_000).toFixed(1),
];
