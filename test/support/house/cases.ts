import { factCases } from './fact-cases.ts'

/** A path and its source, with the line of the one finding. */
type Refused = readonly [path: string, text: string, line: number]
type Accepted = readonly [path: string, text: string]

export interface Cases {
  readonly refuses: readonly Refused[]
  readonly accepts: readonly Accepted[]
}

const doc = '/** Promises. */\n'
const lines = (count: number) => Array.from({ length: count }, () => 'void 0').join('\n')

/** For each rule, by its name: sources that break it and sources that keep it. */
export const cases: Record<string, Cases> = {
  'a file imports only through the doors of its room': {
    refuses: [
      ['functions/seatbuilder/a.ts', `import { x } from '../../lib/store/read.ts'`, 1],
      ['functions/seatbuilder/a.ts', `import { x } from '../../lib/rules/seat.ts'`, 1],
      ['functions/seatbuilder/a.ts', `import { b } from './b.ts'`, 1],
      ['functions/workers/a.ts', `import { b } from '../../lib/http/serve.ts'`, 1],
      ['lib/rules/seat.ts', `\nimport { now } from '../clock.ts'`, 2],
      ['lib/rules/seat.ts', `import type { Item } from '../store/items.ts'`, 1],
      ['lib/store/table/read.ts', `export { x } from '../../actions/context.ts'`, 1],
      ['lib/actions/hold.ts', `import { keys } from '../store/table/table.ts'`, 1],
      ['lib/actions/hold.ts', `import { type Row, read } from '../store/table/read.ts'`, 1],
      ['lib/actions/hold.ts', `import { commitSlow } from '../store/commit/commit-slow.ts'`, 1],
      ['lib/actions/hold.ts', `const x = await import('../store/table/read.ts')`, 1],
      ['lib/actions/hold.ts', `type X = import('../http/serve.ts').X`, 1],
      ['lib/actions/hold.ts', `import '../open.ts'`, 1],
      ['lib/http/serve.ts', `import { hold } from '../actions/hold.ts'`, 1],
      ['lib/http/serve.ts', `import { surface } from '../seatbuilder/surface.ts'`, 1],
      ['lib/seatbuilder/words.ts', `import { a } from '../seatsio/words.ts'`, 1],
      ['lib/ids.ts', `import { a } from './open.ts'`, 1],
      ['packages/dynamodb/src/wire.ts', `import { a } from '../../../lib/store/table.ts'`, 1],
      ['packages/dynamodb/src/wire.ts', `import { a } from '../../embedded/src/clock.ts'`, 1],
      ['local/main.ts', `import { a } from '../packages/dynamodb/src/engine.ts'`, 1],
      ['lib/actions/hold.ts', `import { a } from '@holdfast/dynamodb/engine'`, 1],
      ['local/main.ts', `import { hold } from '../functions/seatbuilder/hold.ts'`, 1],
      ['local/demo.ts', `import { decide } from '../lib/rules/decide.ts'`, 1],
      ['infra/app.ts', `import { hold } from '../functions/seatbuilder/hold.ts'`, 1],
      ['lib/store/table/read.ts', `import { clock } from '../../test/support/clock.ts'`, 1],
      ['elsewhere/a.ts', `import { clock } from '../lib/clock.ts'`, 1],
    ],
    accepts: [
      ['functions/seatbuilder/a.ts', `import { x } from '../../lib/seatbuilder/shapes.ts'`],
      ['functions/seatbuilder/a.ts', `import { x } from '../../lib/actions/hold.ts'`],
      ['functions/seatbuilder/a.ts', `import type { x } from '../../lib/rules/machine.ts'`],
      ['functions/workers/a.ts', `import { x } from '../../lib/store/purge.ts'`],
      ['lib/actions/hold.ts', `import { readSeats } from '../store/seats/read-seats.ts'`],
      ['lib/actions/hold.ts', `import { commit } from '../store/commit/commit.ts'`],
      ['lib/afterwards/end.ts', `import { endOperation } from '../store/commit/recover.ts'`],
      ['lib/actions/hold.ts', `import type { Store } from '../store/store.ts'`],
      ['lib/actions/hold.ts', `import { type A, type B } from '../store/store.ts'`],
      ['lib/actions/hold.ts', `type X = import('../store/store.ts').Store`],
      ['lib/actions/hold.ts', `import { a } from './context.ts'\nimport { z } from 'zod'`],
      ['lib/store/table/read.ts', `import { a } from '../inventory/seat.ts'`],
      ['lib/rules/seat.ts', `import type { Instant } from '../clock.ts'`],
      ['local/main.ts', `import { a } from '@holdfast/dynamodb/engine'`],
      ['packages/dynamodb/test/a.test.ts', `import { a } from '../src/engine.ts'`],
      ['packages/dynamodb/src/wire.ts', `import { a } from '@holdfast/embedded/clock'`],
      ['test/lib/store/read.test.ts', `import { a } from '../../../lib/store/table/read.ts'`],
    ],
  },
  ...factCases,
  'surfaces never import each other': {
    refuses: [
      ['lib/seatsio/words.ts', `import { a } from '../seatbuilder/words.ts'`, 1],
      ['functions/seatbuilder/a.ts', `import type { a } from '../../lib/seatsio/words.ts'`, 1],
      ['functions/seatbuilder/a.ts', `import { a } from '../seatsio/a.ts'`, 1],
    ],
    accepts: [
      ['lib/seatsio/words.ts', `import { a } from './shapes.ts'`],
      ['lib/seatsio/words.ts', `import { a } from '../http/endpoint.ts'`],
      ['test/surfaces.test.ts', `import { a } from '../lib/seatbuilder/words.ts'`],
    ],
  },
  'only the store, the bus, the opener and the local product speak to AWS clients': {
    refuses: [
      ['lib/actions/hold.ts', `import { PutCommand } from '@aws-sdk/lib-dynamodb'`, 1],
      ['functions/workers/a.ts', `\nimport { X } from '@aws-sdk/client-dynamodb'`, 2],
      ['lib/actions/hold.ts', `import type { X } from '@aws-sdk/client-dynamodb'`, 1],
    ],
    accepts: [
      ['lib/store/table/read.ts', `import { PutCommand } from '@aws-sdk/lib-dynamodb'`],
      ['functions/workers/a.ts', `import type { X } from '@aws-sdk/client-dynamodb'`],
      ['lib/open.ts', `import { DynamoDBClient } from '@aws-sdk/client-dynamodb'`],
      ['packages/dynamodb/src/in-process.ts', `import type { X } from '@aws-sdk/client-dynamodb'`],
    ],
  },
  'rules, venue and records use no package and no module of Node': {
    refuses: [
      ['lib/rules/seat.ts', `import { gzipSync } from 'node:zlib'`, 1],
      ['lib/rules/seat.ts', `import * as z from 'zod'`, 1],
    ],
    accepts: [
      ['lib/rules/seat.ts', `import { a } from './machine.ts'`],
      ['lib/store/table/read.ts', `import { gzipSync } from 'node:zlib'`],
    ],
  },
  "zod is imported as import * as z from 'zod'": {
    refuses: [
      ['lib/a.ts', `import { z } from 'zod'`, 1],
      ['lib/a.ts', `import z from 'zod'`, 1],
      ['lib/a.ts', `import * as zod from 'zod'`, 1],
      ['lib/a.ts', `import * as z from 'zod/v4'`, 1],
      ['lib/a.ts', `export * from 'zod'`, 1],
    ],
    accepts: [
      ['lib/a.ts', `import * as z from 'zod'`],
      ['lib/a.ts', `import type * as z from 'zod'`],
    ],
  },
  'only the listed files look at the clock, the dice, the timers and the environment': {
    refuses: [
      ['lib/a.ts', 'const a = Date.now()', 1],
      ['lib/a.ts', `const a = Date['now']`, 1],
      ['lib/a.ts', 'const a = globalThis.Date.now()', 1],
      ['lib/a.ts', 'const { now } = Date', 1],
      ['lib/a.ts', 'const a = [1].map(Date.now)', 1],
      ['lib/a.ts', 'const a = new Date()', 1],
      ['lib/a.ts', 'const a = new Date', 1],
      ['lib/a.ts', 'const a = Date()', 1],
      ['lib/a.ts', 'const a = performance.now()', 1],
      ['lib/a.ts', `import { performance } from 'node:perf_hooks'`, 1],
      ['lib/a.ts', 'const a = process.hrtime.bigint()', 1],
      ['lib/a.ts', '\nconst a = Math.random()', 2],
      ['lib/a.ts', 'const a = crypto.randomUUID()', 1],
      ['lib/a.ts', `import { randomUUID as id } from 'node:crypto'`, 1],
      ['lib/a.ts', `import { randomBytes } from 'crypto'`, 1],
      ['lib/a.ts', `import * as anything from 'node:crypto'`, 1],
      ['lib/a.ts', 'setTimeout(f, 1)', 1],
      ['lib/a.ts', 'globalThis.setInterval(f, 1)', 1],
      ['lib/a.ts', `import { setTimeout as delay } from 'node:timers/promises'`, 1],
      ['functions/workers/a.ts', 'const a = process.env.TABLE', 1],
      ['infra/a.ts', `const { env } = process`, 1],
      ['infra/a.ts', `import { env } from 'node:process'`, 1],
      ['lib/clock.ts', 'const a = Math.random()', 1],
      ['lib/open.ts', 'const a = Date.now()', 1],
      ['packages/dynamodb/src/wire.ts', 'setTimeout(f, 1)', 1],
      ['packages/dynamodb/test/a.test.ts', 'setTimeout(f, 1)', 1],
      ['test/a.test.ts', 'await new Promise((done) => setTimeout(done, 10))', 1],
      ['test/a.test.ts', 'const a = Math.random()', 1],
    ],
    accepts: [
      ['lib/a.ts', 'const a = new Date(0)\nconst b = clock.now()\nconst c = Math.trunc(1)'],
      ['lib/a.ts', `import { createHash } from 'node:crypto'`],
      ['lib/a.ts', `import type { webcrypto } from 'node:crypto'`],
      ['lib/a.ts', `const text = 'Date.now()' // Math.random()`],
      ['lib/clock.ts', `import { setTimeout } from 'node:timers/promises'\nDate.now()`],
      ['lib/ids.ts', `import { randomBytes } from 'node:crypto'`],
      ['lib/open.ts', 'const a = process.env.TABLE'],
      ['packages/dynamodb/src/wire.ts', `import { randomUUID } from 'node:crypto'`],
      ['test/a.test.ts', 'const a = performance.now()'],
      ['packages/dynamodb/test/a.test.ts', 'const a = performance.now()'],
    ],
  },
  'the inventory awaits nothing': {
    refuses: [
      ['lib/rules/a.ts', `${doc}export async function a() {}`, 2],
      ['lib/rules/a.ts', 'const a = (b: Promise<void>) => b', 1],
      ['lib/rules/a.ts', 'const a = await b', 1],
    ],
    accepts: [
      ['lib/rules/a.ts', '// an async Promise\nconst a = 1'],
      ['lib/store/a.ts', 'const a = async () => { await b }'],
    ],
  },
  'importing a file does nothing': {
    refuses: [
      ['lib/a.ts', 'const a = 1\nstart()', 2],
      ['packages/dynamodb/src/a.ts', 'if (a) b = 1', 1],
      ['functions/seatbuilder/a.ts', 'await open()', 1],
    ],
    accepts: [
      [
        'lib/a.ts',
        `import { b } from './b.ts'\nexport const a = b()\ntype A = 1\nexport type { A }`,
      ],
      ['local/main.ts', 'await main()'],
    ],
  },
  'files have at most 300 lines, in functions/ 80': {
    refuses: [
      ['lib/a.ts', lines(301), 301],
      ['test/a.test.ts', lines(301), 301],
      ['functions/seatbuilder/a.ts', lines(81), 81],
    ],
    accepts: [
      ['lib/a.ts', `${lines(300)}\n`],
      ['functions/seatbuilder/a.ts', `${lines(80)}\n`],
    ],
  },
  'functions have at most 60 lines': {
    refuses: [
      ['lib/a.ts', `\nfunction a() {\n${lines(59)}\n}`, 2],
      ['lib/a.ts', `const a = () => {\n${lines(59)}\n}`, 1],
      ['lib/a.ts', `const a = { b() {\n${lines(59)}\n} }`, 1],
      ['test/a.test.ts', `test('a', () => {\n${lines(59)}\n})`, 1],
    ],
    accepts: [
      ['lib/a.ts', `function a() {\n${lines(58)}\n}`],
      ['test/a.test.ts', `describe('a', () => {\n${lines(70)}\n})`],
    ],
  },
  'functions take at most 3 parameters': {
    refuses: [
      ['lib/a.ts', 'function a(b, c, d, e) {}', 1],
      ['lib/a.ts', 'const a = (b, c, d, e = 1) => b', 1],
      ['lib/a.ts', 'class A { constructor(b, c, d, e) {} }', 1],
      ['test/a.test.ts', `test('a', (b, c, d, e) => {})`, 1],
    ],
    accepts: [
      ['lib/a.ts', 'function a(b, c, d) {}'],
      ['lib/a.ts', 'function a({ b, c, d, e }) {}'],
      ['test/a.test.ts', `test.each(table)('a', (b, c, d, e) => {})`],
    ],
  },
  'files and folders are named in kebab-case': {
    refuses: [
      ['lib/holdSeat.ts', '', 1],
      ['lib/Http/serve.ts', '', 1],
      ['lib/hold_seat.ts', '', 1],
      ['lib/-seat.ts', '', 1],
    ],
    accepts: [
      ['functions/seatbuilder/hold-seat.ts', ''],
      ['test/lib/a-1.test.ts', ''],
      ['eslint.config.js', ''],
    ],
  },
  'no file or folder is called after nothing: utils, helpers, common, manager, service': {
    refuses: [
      ['lib/utils.ts', '', 1],
      ['lib/seat-helper.ts', '', 1],
      ['lib/common/a.ts', '', 1],
      ['lib/seat-manager.ts', '', 1],
      ['test/service.test.ts', '', 1],
    ],
    accepts: [
      ['lib/servicing.ts', ''],
      ['lib/http/serve.ts', ''],
    ],
  },
  'nothing is exported as default, configuration files aside': {
    refuses: [
      ['lib/a.ts', 'const a = 1\nexport default a', 2],
      ['lib/a.ts', 'export default function a() {}', 1],
      ['lib/a.ts', 'export { a as default }', 1],
      ['lib/vitest.config.ts', 'export default {}', 1],
    ],
    accepts: [
      ['vitest.config.ts', 'export default {}'],
      ['lib/a.ts', 'export { a }'],
    ],
  },
  'no file only passes on what others export': {
    refuses: [
      ['lib/a.ts', `export * from './b.ts'`, 1],
      ['lib/a.ts', `import './c.ts'\nexport { b } from './b.ts'`, 1],
      ['lib/a.ts', `export type { B } from './b.ts'`, 1],
    ],
    accepts: [
      ['lib/a.ts', `export { b } from './b.ts'\nexport const a = 1`],
      ['lib/a.ts', `import './b.ts'`],
      ['lib/a.ts', ''],
    ],
  },
  'a class is an error, or is listed for the state it keeps': {
    refuses: [
      ['lib/a.ts', '\nclass Seat {}', 2],
      ['lib/a.ts', 'const seat = class {}', 1],
      ['lib/a.ts', 'class Row extends Seat {}', 1],
      ['lib/other.ts', 'class ManifestCache {}', 1],
    ],
    accepts: [
      ['lib/a.ts', 'class Fault extends Error {}'],
      ['lib/a.ts', 'class Lost extends ApiError {}'],
      ['lib/weighed-cache.ts', 'class WeighedCache {}'],
    ],
  },
  'every exported function says what it promises': {
    refuses: [
      ['lib/a.ts', 'export function a() {}', 1],
      ['lib/a.ts', '// no doc comment\nexport async function a() {}', 2],
      ['lib/a.ts', 'export const a = () => 1', 1],
      ['lib/a.ts', `${doc}const b = 1\nexport const a = function () {}`, 3],
      ['test/support/a.ts', 'export function a() {}', 1],
    ],
    accepts: [
      ['lib/a.ts', `${doc}export function a() {}`],
      ['lib/a.ts', `${doc}export const a = () => 1`],
      ['lib/a.ts', 'function a() {}\nexport const b = 1\nexport const handler = lambda(b)'],
    ],
  },
}
