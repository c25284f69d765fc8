import type { Check } from './check.js';

/** A bug that somebody might make, and the check that must find it. */
export interface Mutant {
  /** What is wrong then. */
  readonly name: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
  readonly caughtBy: Check;
}

/** The text of a file with the bug in it. */
export function mutated(text: string, { name, file, from, to }: Mutant): string {
  const times = text.split(from).length - 1;
  if (times !== 1) throw new Error(`mutant ${name}: what it changes stands ${times} times in ${file}`);
  return text.replace(from, () => to);
}

const keapReplay: Check = { test: 'test/stories/keap/replay.test.ts', named: 'replay with the current code' };

/** Of the kit: what every story promises. */
const ofTheKit: readonly Mutant[] = [
  {
    name: 'no-look-before-it-creates',
    file: 'src/workflows/once.ts',
    from: 'const found = await look();\n  const there',
    to: "const found: Found<T> = { state: 'none' };\n  const there",
    caughtBy: { cases: 'infoplusOrder/undisturbed/v3.0/found-without-its-custom-fields' },
  },
  {
    name: 'no-look-after-a-lost-answer',
    file: 'src/workflows/once.ts',
    from: 'const seen = await kit.cancel.shielded(() => lookAgain(subject, cause));',
    to: "const seen: Found<T> = { state: 'none' };",
    caughtBy: { cases: 'logisticsPlusOrder/faults/wapi/shipped/create-orders.create/done-answer-dropped' },
  },
  {
    name: 'looks-again-once-only',
    file: 'src/workflows/once.ts',
    from: 'for (const after of settle) {',
    to: 'for (const after of settle.slice(0, 0)) {',
    caughtBy: { cases: 'logisticsPlusOrder/faults/wapi/shipped/create-orders.create/done-after-our-time-out' },
  },
  {
    name: 'a-cancel-cuts-the-look-short',
    file: 'src/workflows/once.ts',
    from: 'await kit.cancel.shielded(() => lookAgain(subject, cause))',
    to: 'await lookAgain(subject, cause)',
    caughtBy: keapReplay,
  },
  {
    name: 'no-look-for-doubles',
    file: 'src/workflows/once.ts',
    from: 'if (open) kit.doubleChecks.push({ look: doubleCheck(subject), made: false });',
    to: '',
    caughtBy: keapReplay,
  },
  {
    name: 'a-create-is-repeated-by-the-server',
    file: 'src/workflows/steps.ts',
    from: "...(kind === 'create' ? { nonRetryableErrorTypes: NEVER_BLINDLY } : {}),",
    to: '',
    caughtBy: { cases: 'logisticsPlusOrder/kills/wapi/shipped/create-orders.create-1/killed-when-it-was-worked' },
  },
  {
    name: 'a-cancel-tears-a-write',
    file: 'src/workflows/steps.ts',
    from: "cancellationType: 'WAIT_CANCELLATION_COMPLETED',",
    to: "cancellationType: 'TRY_CANCEL',",
    caughtBy: { cases: 'logisticsPlusOrder/cancels/wapi/amended/update/the-warehouse-ships-it-all-the-same/request-2' },
  },
  {
    name: 'what-is-not-known-to-be-done-is-repeated',
    file: 'src/activities/failure.ts',
    from: 'OutcomeUnknown: false,',
    to: 'OutcomeUnknown: true,',
    caughtBy: {
      cases:
        'keapOrder/faults/xml-rpc/canceled-when-paid/counter-entry-invoiceservice.addmanualpayment/done-answer-dropped',
    },
  },
  {
    name: 'undone-oldest-first',
    file: 'src/workflows/saga.ts',
    from: 'run.undos.splice(0).reverse()',
    to: 'run.undos.splice(0)',
    caughtBy: keapReplay,
  },
  {
    name: 'an-undo-believes-the-first-empty-search',
    file: 'src/workflows/saga.ts',
    from: 'for (const after of kit.settle) {',
    to: 'for (const after of kit.settle.slice(0, 0)) {',
    caughtBy: { test: 'test/stories/kit/kit.test.ts', named: 'looks for as long as the platform lags' },
  },
  {
    name: 'an-undo-of-what-was-made-believes-the-first-empty-search',
    file: 'src/workflows/saga.ts',
    from: 'for (const after of kit.settle) {',
    to: "for (const after of entry.sent === 'yes' ? [] : kit.settle) {",
    caughtBy: { test: 'test/stories/kit/kit.test.ts', named: 'what shows it may lag' },
  },
  {
    name: 'a-hint-is-lost-while-the-same-is-looked-at',
    file: 'src/workflows/hints.ts',
    from: 'if (pending.has(hint)) counts.joined++;',
    to: 'if (pending.has(hint) || flying.has(hint)) counts.joined++;',
    caughtBy: { test: 'test/stories/kit/waiting.test.ts', named: 'are looked at each' },
  },
  {
    name: 'a-reference-matches-by-its-beginning',
    file: 'src/activities/references.ts',
    from: 'return there?.trim().toLowerCase() === ours.toLowerCase();',
    to: 'return there?.trim().toLowerCase().startsWith(ours.toLowerCase()) === true;',
    caughtBy: { test: 'test/stories/logistics-plus/doubles.test.ts', named: 'another whose reference goes on' },
  },
  {
    name: 'what-was-sent-stands-in-errors',
    file: 'src/activities/redact.ts',
    from: 'for (const value of new Set(hidden)) text = text.replace(wholeWord(value), HIDDEN);',
    to: '',
    caughtBy: { test: 'test/activities/logistics-plus/faults.test.ts', named: 'without the people' },
  },
];

/** Of what stands between all orders and a platform. */
const ofTheConnection: readonly Mutant[] = [
  {
    name: 'the-limiter-is-off',
    file: 'src/activities/limiter-windows.ts',
    from: 'if (this.#taken + this.#stamps.length - first >= limit) return false;',
    to: 'if (this.#taken + this.#stamps.length - first >= limit) continue;',
    caughtBy: { test: 'test/activities/limiter.test.ts', named: 'whatever comes, in whatever lanes' },
  },
  {
    name: 'a-process-that-knows-nothing-sends-at-once',
    file: 'src/activities/limiter-state.ts',
    from: 'if (state === undefined) return repeat(0, full);',
    to: 'if (state === undefined) return [];',
    caughtBy: { test: 'test/activities/limiter-hand-over.test.ts', named: 'without any word from the former owner' },
  },
  {
    name: 'the-next-process-forgets-what-was-sent',
    file: 'src/activities/serve.ts',
    from: 'state: stateOf(info.heartbeatDetails, carried),',
    to: 'state: unusedState,',
    caughtBy: { test: 'test/server/serving-in-real-time.test.ts', named: 'whose limit is used up at a hand-over' },
  },
  {
    name: 'a-process-sends-after-its-lease',
    file: 'src/activities/limiter.ts',
    from: 'if (this.#over || now >= this.#leaseUntil()) throw elsewhere();',
    to: 'if (this.#over) throw elsewhere();',
    caughtBy: { test: 'test/activities/limiter.test.ts', named: 'does not hold the connection any more' },
  },
  {
    name: 'a-429-pauses-nobody-else',
    file: 'src/activities/call.ts',
    from: 'send.pause(ms);',
    to: '',
    caughtBy: { test: 'test/activities/logistics-plus/faults.test.ts', named: 'the whole connection pauses' },
  },
  {
    name: 'a-success-does-not-end-a-row-of-429s',
    file: 'src/activities/throttles.ts',
    from: 'if (at >= this.#since) this.#inARow = 0;',
    to: '',
    caughtBy: { test: 'test/activities/throttles.test.ts', named: 'until a request has succeeded' },
  },
  {
    name: 'the-gateway-acknowledges-first',
    file: 'src/gateway/receive.ts',
    from: 'await keep(connection, hints);',
    to: 'void keep(connection, hints).catch(() => undefined);',
    caughtBy: { test: 'test/gateway/server.test.ts', named: 'it is not acknowledged before it is kept' },
  },
];

/** Of one story each. */
const ofTheStories: readonly Mutant[] = [
  {
    name: 'keap-registers-the-undo-after-the-create',
    file: 'src/workflows/keap/order.ts',
    from: `  undo('the unpaid order is gone', (sent) => keap.deleteUnpaidOrder(want, known ?? null, sent, isReversed));
  let made = await once(keap.findOrder, keap.createOrder, want);
`,
    to: `  let made = await once(keap.findOrder, keap.createOrder, want);
  undo('the unpaid order is gone', (sent) => keap.deleteUnpaidOrder(want, known ?? null, sent, isReversed));
`,
    caughtBy: { cases: 'keapOrder/undisturbed/rest/declined' },
  },
  {
    name: 'keap-subscriptions-add-money-as-numbers',
    file: 'src/workflows/keap/subscription/subscription.ts',
    from: 'now.charged = fromCents(cents(now.charged) + cents(payment.amount));',
    to: 'now.charged = String(Number(now.charged) + Number(payment.amount));',
    caughtBy: { cases: 'keapSubscription/undisturbed/rest/of-one-cycle' },
  },
  {
    name: 'keap-subscriptions-go-on-after-the-last-cycle',
    file: 'src/workflows/keap/subscription/subscription.ts',
    from: "if (end === 'all cycles billed') await keap.stopSubscription(want, made, 'ended', 'all cycles are billed');",
    to: '',
    caughtBy: { cases: 'keapSubscription/undisturbed/rest/of-one-cycle' },
  },
  {
    name: 'logistics-plus-adopts-a-canceled-order',
    file: 'src/activities/logistics-plus/order.ts',
    from: "orders.filter((each) => courseOf(each) !== 'canceled')",
    to: 'orders',
    caughtBy: { test: 'test/stories/logistics-plus/order.test.ts', named: 'whose order was canceled is refused' },
  },
  {
    name: 'logistics-plus-takes-several-for-one',
    file: 'src/activities/logistics-plus/order.ts',
    from: 'if (more.length > 0) {',
    to: 'if (order === more[0]) {',
    caughtBy: { test: 'test/activities/logistics-plus/find.test.ts', named: 'two of it' },
  },
  {
    name: 'logistics-plus-takes-a-failed-read-for-none',
    file: 'src/activities/logistics-plus/order.ts',
    from: 'const found = await open(order).searchOrders(order.reference);',
    to: 'const found = await open(order).searchOrders(order.reference).catch(() => []);',
    caughtBy: { test: 'test/activities/logistics-plus/find.test.ts', named: 'may hide an order' },
  },
  {
    name: 'logistics-plus-believes-an-amendment-unseen',
    file: 'src/activities/logistics-plus/amendment.ts',
    from: 'return { shown: problems.length === 0,',
    to: 'return { shown: true,',
    caughtBy: { test: 'test/activities/logistics-plus/amend.test.ts', named: 'not while the shipments follow' },
  },
  {
    name: 'logistics-plus-believes-accept-unseen',
    file: 'src/workflows/logistics-plus/order.ts',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code.
    from: 'return it === undefined ? { refused: `not canceled yet: ${wordsOf(now)}` } : { it };',
    to: "return { it: it ?? { verdict: 'stopped', reason: 'a person says so' } };",
    caughtBy: { test: 'test/stories/logistics-plus/replay.test.ts', named: 'replay with the current code' },
  },
  {
    name: 'infoplus-stops-what-is-only-asked-for',
    file: 'src/workflows/infoplus/stopping.ts',
    from: 'if (undone.done) return',
    to: 'return',
    caughtBy: { cases: 'infoplusOrder/undisturbed/v3.0/not-canceled-at-the-warehouse' },
  },
  {
    name: 'infoplus-overlooks-back-orders',
    file: 'src/workflows/infoplus/standing.ts',
    from: 'orders.filter(({ root }) => root === orderNo);',
    to: 'orders.filter((each) => each.orderNo === orderNo);',
    caughtBy: { test: 'test/stories/infoplus/replay.test.ts', named: 'replay with the current code' },
  },
  {
    name: 'infoplus-amends-without-the-rest-of-the-order',
    file: 'src/activities/infoplus/amendment.ts',
    from: 'infoplus.updateOrder({ ...raw, ...change })',
    to: 'infoplus.updateOrder({ orderNo: raw.orderNo, lobId: raw.lobId, ...change })',
    caughtBy: { cases: 'infoplusOrder/undisturbed/v3.0/amended' },
  },
  {
    name: 'flxpoint-finds-a-tagged-line-by-its-product',
    file: 'src/activities/flxpoint/line.ts',
    from: 'const there = order.orderItems.filter(({ id }) => tagged.includes(id));',
    to: 'const there = order.orderItems.filter((item) => sameProduct(want, item));',
    caughtBy: { test: 'test/activities/flxpoint/find.test.ts', named: 'differs in product' },
  },
  {
    name: 'flxpoint-leaves-a-line-untagged',
    file: 'src/workflows/flxpoint/order.ts',
    from: 'if (!tagged) await fl.tagLine(at, made);',
    to: '',
    caughtBy: { cases: 'flxpointOrder/undisturbed/others-ship/two-lines-alike' },
  },
  {
    name: 'flxpoint-leaves-the-order-on-hold',
    file: 'src/workflows/flxpoint/taking-back.ts',
    from: 'if (before === 0 || asked.size > 0) return;',
    to: 'if (before >= 0) return;',
    caughtBy: { cases: 'flxpointOrder/undisturbed/others-ship/canceled-by-hand' },
  },
  {
    name: 'bigcommerce-posts-what-has-appeared-meanwhile',
    file: 'src/activities/bigcommerce/shipment.ts',
    from: 'if (there.some((each) => sameText(each.tracking_number, parcel.tracking_number))) {',
    to: 'if (there.some((each) => each.id === parcel.tracking_number)) {',
    caughtBy: { test: 'test/activities/bigcommerce/order.test.ts', named: 'has appeared meanwhile' },
  },
  {
    name: 'bigcommerce-gives-stock-back-twice',
    file: 'src/workflows/bigcommerce/cancelling.ts',
    from: 'store.givesBack ? await notGivenBack(held) : held;',
    to: 'held;',
    caughtBy: { cases: 'bigcommerceOrder/undisturbed/store/unpaid' },
  },
  {
    name: 'bigcommerce-rounds-skip-what-shows-late',
    file: 'src/activities/bigcommerce/changes.ts',
    from: 'Math.max(at.since, newest - OVERLAP_MS)',
    to: 'Math.max(at.since, newest + 1)',
    caughtBy: { test: 'test/activities/bigcommerce/changes.test.ts', named: 'begins with the clock of the store' },
  },
];

export const mutants: readonly Mutant[] = [...ofTheKit, ...ofTheConnection, ...ofTheStories];
