import type { Edit } from '../../support/edited-bundle.ts'
import { lockDefects } from './lock-defects.ts'
import { noticeDefects } from './notice-defects.ts'
import { tableDefects } from './table-defects.ts'
import { termDefects } from './term-defects.ts'
import { tokenDefects } from './token-defects.ts'

// Deliberate defects, as edits of the product's source: what the simulation must catch. They exist only in bundles that the
// test makes; the product has no hook for them. Each edit's text must occur exactly once, so that a defect which no longer
// fits the source fails by its name instead of being forgotten.

export interface Defect {
  readonly name: string
  readonly edits: readonly Edit[]
  /** Seeds that are known to catch it, to be quick: others follow when these do not. */
  readonly seeds?: readonly number[]
  /** It is no mistake by itself, only a rare case made common: it must pass. */
  readonly isHarmless?: true
}

const operations = 'lib/store/commit/operations.ts'
const slow = 'lib/store/commit/commit-slow.ts'
const idempotency = 'lib/http/idempotency.ts'

/** A finished header is gone at once, and so is what a repeated request would be answered from. */
const headersGoAtOnce: Edit = {
  file: operations,
  find: 'const FINISHED_MS_KEPT = 2 * DAY_MS',
  replace: 'const FINISHED_MS_KEPT = -3_600_000',
}

/** All of them; the test bundles one at a time. */
export const defects: readonly Defect[] = [
  ...lockDefects,
  ...tokenDefects,
  ...noticeDefects,
  ...termDefects,
  ...tableDefects,
  {
    name: 'decides without looking at the deadline, so that a lapsed hold is booked',
    seeds: [11],
    edits: [
      {
        file: operations,
        find: "if (now >= deadline) return abortOperation(port, operationId, 'unknown')",
        replace: '',
      },
      {
        file: operations,
        find: "'st = :pending AND dl > :now'",
        replace: "'st = :pending AND (dl > :now OR dl <= :now)'",
      },
    ],
  },
  {
    name: 'lets TTL remove a header that is not finished',
    seeds: [12],
    edits: [
      {
        file: operations,
        find: "return { st: 'P', dl: deadline, parts }",
        replace: "return { st: 'P', dl: deadline, parts, ttl: Math.ceil(deadline / 1000) }",
      },
    ],
  },
  {
    name: 'decides what has been aborted',
    seeds: [66],
    edits: [
      {
        file: operations,
        find: "'st = :pending AND dl > :now'",
        replace: "'(st = :pending OR st <> :pending) AND dl > :now'",
      },
    ],
  },
  {
    name: 'decides although a row was lost',
    edits: [
      {
        file: slow,
        find: "? await abortOperation(port, operationId, 'not-applied')",
        replace: '? await decideOperation(port, lease)',
      },
    ],
  },
  {
    name: 'swaps the pointer of a request unconditionally',
    edits: [
      {
        file: 'lib/store/table/receipts.ts',
        find: "const clauses = ['attribute_not_exists(pk)', 'exp <= :now']",
        replace: "const clauses = ['attribute_not_exists(pk)', 'exp <= :now', 'exp > :now']",
      },
    ],
  },
  {
    name: 'answers a repeated request before its commit is applied',
    edits: [
      {
        file: 'lib/store/commit/recover.ts',
        find: 'export async function endOperation(port: Port, operationId: string)',
        replace:
          'export async function endOperation(port: Port, operationId: string, peeks = false)',
      },
      {
        file: 'lib/store/commit/recover.ts',
        find: 'const isEnded = found.isFinished ||',
        replace: "const isEnded = (peeks && status === 'committed') || found.isFinished ||",
      },
      {
        file: idempotency,
        find: 'await endOperation(store, kept.operationId)',
        replace: 'await endOperation(store, kept.operationId, true)',
      },
    ],
  },
  {
    name: 'compares the end of a hold with the wrong operator',
    edits: [
      {
        file: 'lib/rules/seat.ts',
        find: 'return state.heldUntil > now',
        replace: 'return state.heldUntil < now',
      },
    ],
  },
  {
    name: 'lets a hold live one millisecond too long',
    seeds: [7],
    edits: [
      {
        file: 'lib/rules/seat.ts',
        find: 'return state.heldUntil > now',
        replace: 'return state.heldUntil >= now',
      },
      { file: 'lib/store/commit/guarded-rows.ts', find: "'x > :after'", replace: "'x >= :after'" },
      {
        file: 'lib/store/commit/commit-fast.ts',
        find: 'port.clock.now() >= until',
        replace: 'port.clock.now() > until',
      },
    ],
  },
  {
    name: 'sends a transaction again under a new client token',
    seeds: [3],
    edits: [
      {
        file: 'lib/store/table/transact.ts',
        find: 'await send(port, input,',
        replace: 'await send(port, { ...input, ClientRequestToken: port.ids.uuid() },',
      },
    ],
  },
  {
    name: 'keeps finished headers for no time, so that some repeated requests get no answer',
    edits: [headersGoAtOnce],
    isHarmless: true,
  },
  {
    name: 'runs a request again whose header is missing',
    seeds: [11],
    edits: [
      headersGoAtOnce,
      {
        file: idempotency,
        find: "    case 'missing':\n    case 'damaged':",
        replace: `    case 'missing':
      return { kind: 'aborted', operationId: kept.operationId }
    case 'damaged':`,
      },
    ],
  },
  {
    name: 'marks an operation finished before it is applied',
    edits: [
      {
        file: slow,
        find: '  // 4. Apply or undo. 5. Finish.\n',
        replace: '  await finishOperation(port, operationId)\n',
      },
    ],
  },
  {
    name: 'counts the taking of a lapsed seat as one change',
    edits: [
      { file: 'lib/rules/decide-seat.ts', find: '(lapsed ? 2 : 1)', replace: '(lapsed ? 1 : 1)' },
    ],
  },
]
