import type { Defect } from './defects.ts'

const deciding = 'lib/rules/decide-seat.ts'
const seat = 'lib/rules/seat.ts'
const situations = 'lib/rules/situations.ts'
const terms = 'lib/venue/terms.ts'

/** Checks of the rows that a change takes places from, in whichever commit. */
const keeping =
  "if (!isKept && after.state.status !== 'free' && !isTaken(before)) keepSharersFree(work, target)"

/** Defects of tables and their seats: the same places under two kinds of labels. */
export const tableDefects: readonly Defect[] = [
  {
    name: 'takes places without a check of what shares them',
    edits: [{ file: deciding, find: keeping, replace: '' }],
  },
  {
    name: 'does not look at the table of a seat',
    edits: [
      {
        file: terms,
        find: 'return isAtTable(object) ? [object.parent.objectLabel] : []',
        replace: 'return []',
      },
    ],
  },
  {
    name: 'checks all seats of a table but the last',
    edits: [
      {
        file: deciding,
        find: 'for (const { event, label, row } of sharers) {',
        replace:
          'for (const { event, label, row } of sharers.slice(0, Math.max(1, sharers.length - 1))) {',
      },
    ],
  },
  {
    name: 'makes no checks in a large commit',
    edits: [
      {
        file: 'lib/store/commit/commit-slow.ts',
        find: 'await lockAll(port, lease, rows)',
        replace: 'await lockAll(port, lease, rows.filter(({ after }) => after !== undefined))',
      },
    ],
  },
  {
    name: 'takes a lapsed hold for a live one where it is on a table or its seats',
    edits: [
      {
        file: situations,
        find: 'for (const sharer of sharers) {\n    const state = placesTaken(atRest(sharer.row, now))',
        replace:
          'for (const sharer of sharers) {\n    const state = placesTaken(atRest(sharer.row, 0 as Instant))',
      },
    ],
  },
  {
    name: 'takes a live hold for a lapsed one where it is on a table or its seats',
    edits: [
      {
        file: seat,
        find: 'return isTaken(state) ? state : undefined',
        replace: "return isTaken(state) && state.status !== 'held' ? state : undefined",
      },
    ],
  },
  {
    name: 'leaves a lapsed hold on a table as it is when a seat of it is taken, or the other way round',
    edits: [
      {
        file: deciding,
        find: 'if (row === undefined || !isLapsed(row, now)) {',
        replace: 'if (Number.isInteger(now)) {',
      },
    ],
  },
  {
    name: 'lets whoever holds a table take its seats as well, or the other way round',
    edits: [
      {
        file: situations,
        find: 'const isOwn = isTaken(own) || isSelectable',
        replace:
          "const isMine = state.status === 'held' && state.holdToken === viewer.holdToken\n  const isOwn = isTaken(own) || isSelectable || isMine",
      },
    ],
  },
  {
    name: 'does not see what a request has done before to a table or its seats',
    edits: [
      {
        file: deciding,
        find: 'target.sharers?.map((sharer) => ({ ...sharer, row: rowNow(sharer) }))',
        replace: 'target.sharers',
      },
    ],
  },
  {
    name: 'tells nothing of a lapsed hold that it ends because it is in the way',
    edits: [
      {
        file: deciding,
        find: 'expired.push(expiryOf(object, state))',
        replace: '',
      },
    ],
  },
  {
    name: 'remembers how tables are sold although the head of their event says otherwise',
    edits: [
      {
        file: 'lib/store/events/terms.ts',
        find: "return [tableBooking ?? 'INHERIT', details?.textId ?? '']",
        replace: "return [event.eventId, details?.textId ?? '']",
      },
    ],
  },
  {
    name: 'sells tables one way, whatever their event says of them',
    edits: [
      {
        file: terms,
        find: "if (object.kind === 'table') return isSoldWhole(tableOf(object), tables)",
        replace: "if (object.kind === 'table') return true",
      },
    ],
  },
]
