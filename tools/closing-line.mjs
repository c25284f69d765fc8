// A vitest reporter: leaves `N passed, N failed` in .waybill/closing-line, which .ci/run prints as its last line.
// Vitest's own last lines do not count a file that could not be loaded, or an error outside of any test.
import { mkdirSync, writeFileSync } from 'node:fs';

const FOLDER = new URL('../.waybill/', import.meta.url);

export default class ClosingLine {
  onTestRunEnd(modules, unhandledErrors) {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const passed = states.filter((state) => state === 'passed').length;
    // A skipped test shows nothing, though somebody believes in it.
    const notPassed = states.length - passed;
    const broken = modules.filter((module) => module.errors().length > 0).length;
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(
      new URL('closing-line', FOLDER),
      `${passed} passed, ${notPassed + broken + unhandledErrors.length} failed\n`,
    );
  }
}
