import type { Defect } from './defects.ts'

const changes = 'lib/rules/seat-changes.ts'
const relay = 'lib/afterwards/relay-changes.ts'
const expire = 'functions/workers/expire-holds.ts'

/** Defects of what is told, of holds that end by themselves, and of webhooks. */
export const noticeDefects: readonly Defect[] = [
  {
    name: 'skips a version of a seat that lapsed and was taken again',
    seeds: [2],
    edits: [
      {
        file: changes,
        find: 'if (first > (before?.version ?? 0)) {',
        replace: 'if (first > (before?.version ?? 0) && before === undefined) {',
      },
    ],
  },
  {
    name: 'forgets notices that the bus did not take',
    edits: [
      {
        file: 'lib/bus/put-notices.ts',
        find: 'return { failed: left.map(({ place }) => place), refused }',
        replace: 'return { failed: left.slice(0, 0).map(({ place }) => place), refused }',
      },
    ],
  },
  {
    name: 'has a batch come again from the last notice that failed',
    edits: [
      {
        file: relay,
        find: 'return places.length === 0 ? undefined : Math.min(...places)',
        replace: 'return places.length === 0 ? undefined : Math.max(...places)',
      },
    ],
  },
  {
    name: 'takes records of the stream for done before it has told of them',
    edits: [
      {
        file: 'functions/workers/relay-changes.ts',
        find: 'const failed = await relayChanges(relay, Records.map(toRecord)).catch((error: unknown) => {',
        replace: `const failed = undefined as number | undefined
  void relayChanges(relay, Records.map(toRecord)).catch((error: unknown) => {`,
      },
    ],
  },
  {
    name: 'tells under an id without a version',
    edits: [
      {
        file: relay,
        find: 'id: `${eventId}:${place}:${version}`,',
        replace: 'id: `${eventId}:${place}`,',
      },
    ],
  },
  {
    name: 'tells of an extended hold as of a new one',
    edits: [
      {
        file: 'lib/rules/decide-seat.ts',
        find: "  'extend',\n  'annotate',\n  'override-season',",
        replace: "  'annotate',\n  'override-season',",
      },
    ],
  },
  {
    name: 'starts no timers for holds',
    edits: [
      {
        file: relay,
        find: '  await startTimers(relay, pick(tellings, isHold), aside)\n',
        replace: '',
      },
    ],
  },
  {
    name: 'drops a timer that goes off too early',
    edits: [
      {
        file: expire,
        find: "if (expiry.status === 'early') await bus.sendMessages('timers', [timerFor(hold, now())])",
        replace: '',
      },
    ],
  },
  {
    name: 'ends a hold by its timer although it was extended',
    seeds: [2],
    edits: [
      {
        file: 'lib/store/seats/read-event.ts',
        find: 'placesHeld(object, wanted.holdToken, now).lapsed > 0',
        replace:
          'Object.values(placesHeld(object, wanted.holdToken, now)).some((held) => held > 0)',
      },
    ],
  },
  {
    name: 'ends a hold whatever has become of it since its row was read',
    seeds: [2],
    edits: [
      {
        file: 'lib/store/commit/write-items.ts',
        find: 'return { key: key(write, workspaceId), guard, after, keepsData:',
        replace: `const free = { ...guard, version: after['m'] === 'x' ? -1 : guard.version }
  return { key: key(write, workspaceId), guard: free, after, keepsData:`,
      },
      {
        file: 'lib/store/commit/guarded-rows.ts',
        find: "clauses.push(version === undefined ? 'attribute_not_exists(v)' : 'v = :v')",
        replace: `const isFree = version === -1
  const match = isFree ? 'v > :v' : 'v = :v'
  clauses.push(version === undefined ? 'attribute_not_exists(v)' : match)`,
      },
    ],
  },
  {
    name: 'has two processes make the same attempt of a delivery',
    seeds: [5],
    edits: [
      {
        file: 'lib/store/webhooks/delivery-attempts.ts',
        find: "ConditionExpression: 'attribute_not_exists(pk)',",
        replace: "ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(pk)',",
      },
    ],
  },
  {
    name: 'forgets the next attempt of a delivery when it dies before it has asked for that',
    seeds: [5],
    edits: [
      {
        file: 'lib/webhooks/put-back.ts',
        find: 'if (isPast && !found.isTold) await tell(courier, found)',
        replace: '',
      },
    ],
  },
  {
    name: 'gives a delivery up whose process died over it',
    seeds: [8],
    edits: [
      {
        file: 'lib/webhooks/put-back.ts',
        find: 'await sendBack(courier, message, found.leasedUntil ?? courier.clock.now())',
        replace: 'await Promise.resolve()',
      },
    ],
  },
]
