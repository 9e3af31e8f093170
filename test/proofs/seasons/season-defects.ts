import type { Edit } from '../../support/edited-bundle.ts'

/** A mistake that somebody could make with seasons. */
export interface SeasonDefect {
  readonly name: string
  readonly edits: readonly Edit[]
}

const sharing = 'lib/rules/season/season-sharers.ts'
const working = 'lib/rules/season/season-work.ts'
const showing = 'lib/rules/season/shown-state.ts'
const machine = 'lib/rules/machine.ts'

/** Defects that one request after the other shows. */
export const seasonDefects: readonly SeasonDefect[] = [
  {
    name: 'lets an event give back what its season has, by one verb',
    edits: [
      {
        file: machine,
        find: "'set-back': any,",
        replace: "'set-back': { ...any, 'place-held': 'yes', 'place-taken': 'yes' },",
      },
    ],
  },
  {
    name: 'takes the top-level season for whichever is meant',
    edits: [
      {
        file: 'lib/rules/season/season-meant.ts',
        find: 'return more.length === 0 ? only : season.eventId',
        replace: 'return more.length > 9 ? only : season.eventId',
      },
    ],
  },
  {
    name: 'overrides all seasons where it is to override one',
    edits: [
      {
        file: sharing,
        find: 'return !overridden.includes(event.eventId)',
        replace: 'return overridden.length === 0 || event.eventId === undefined',
      },
    ],
  },
  {
    name: 'counts events that are past',
    edits: [{ file: sharing, find: 'if (isInThePast === true) return false', replace: '' }],
  },
  {
    name: 'tells the season nothing of what its events sell',
    edits: [
      {
        file: working,
        find: 'isTakenAs(before) === isTakenAs(after)) return',
        replace: 'isTakenAs(after) === isTakenAs(after)) return',
      },
    ],
  },
  {
    name: 'forgets tables in seasons',
    edits: [
      {
        file: sharing,
        find: 'return [label, ...others]',
        replace: 'return [label, ...others].slice(0, 1)',
      },
    ],
  },
  {
    name: 'forgets that partial seasons have events in common',
    edits: [
      {
        file: sharing,
        find: 'return isPart ? events.some((number) => own?.events.includes(number)) : events.length > 0',
        replace: 'return own === undefined && !isPart && events.length > 0',
      },
    ],
  },
  {
    name: 'shows of an inherited status nothing that goes with it',
    edits: [
      {
        file: showing,
        find: "if (isInherited && state.status !== 'free') return { state, of: 'season' }",
        replace: '',
      },
    ],
  },
  {
    name: 'lets an event go back to its season while somebody has the seat there',
    edits: [
      {
        file: machine,
        find: "    booked: 'status-not-allowed',\n    custom: 'status-not-allowed',\n    same: 'status-not-allowed',\n    'taken-in-another-channel': 'status-not-allowed',",
        replace: "    custom: 'status-not-allowed',\n    same: 'status-not-allowed',",
      },
    ],
  },
]
