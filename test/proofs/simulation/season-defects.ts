import type { Defect } from './defects.ts'

const deciding = 'lib/rules/decide-seat.ts'
const folding = 'lib/rules/season/season-work.ts'

/** Defects of seasons and their events: the same places in rows of both. */
export const seasonDefects: readonly Defect[] = [
  {
    name: 'writes nothing into the season where an event of it takes an object',
    edits: [
      {
        file: deciding,
        find: 'if (season !== undefined) noteInSeason(',
        replace:
          "if (season !== undefined && written.event.season?.role !== 'event') noteInSeason(",
      },
    ],
  },
  {
    name: 'leaves in the season what an event of it has given back',
    edits: [
      {
        file: folding,
        find: 'isTakenAs(before) === isTakenAs(after)) return',
        replace: 'isTakenAs(before) || !isTakenAs(after)) return',
      },
    ],
  },
  {
    name: 'forgets the other parts of a season where it writes one',
    edits: [
      {
        file: folding,
        find: 'parts: { ...open.parts, [event.eventId]: after }',
        replace: 'parts: { [event.eventId]: after }',
      },
    ],
  },
  {
    name: 'does not look at the events in which a season is taken',
    edits: [
      {
        file: 'lib/rules/season/season-sharers.ts',
        find: 'if (!taken.includes(event.number)) continue',
        replace: 'if (taken.length >= 0) continue',
      },
    ],
  },
  {
    name: 'ends a lapsed hold of an event for its season without a write of its row',
    edits: [
      {
        file: deciding,
        find: 'write(work, { row, season }, { ...first, after })',
        replace: '',
      },
    ],
  },
  {
    name: 'takes places of a table without a check of its season under the other label',
    edits: [
      {
        file: deciding,
        find: 'else if (isToBeChecked(taken)) checkInSeason(work, season, label)',
        replace: '',
      },
    ],
  },
]
