import type { Defect } from './defects.ts'

const cache = 'lib/store/events/terms.ts'
const reading = 'lib/store/seats/read-seats.ts'
const steps = 'lib/actions/seats/decide-steps.ts'
const writing = 'lib/store/events/replace-terms.ts'
const situations = 'lib/rules/situations.ts'

/** Defects of what events say of selling, of its changes and of who goes by it. */
export const termDefects: readonly Defect[] = [
  {
    name: 'remembers terms although the head of their event names others',
    edits: [
      {
        file: cache,
        find: "return [tableBooking ?? 'INHERIT', details?.textId ?? '']",
        replace: 'return [event.eventId]',
      },
    ],
  },
  {
    name: 'does not look whether the terms that it remembers are those of the head',
    edits: [
      {
        file: reading,
        find: 'if (current.details?.textId !== event.details?.textId) return undefined',
        replace: '',
      },
      {
        file: reading,
        find: 'currentTerms(port, memory, { event: current, season, chart, items })',
        replace: 'currentTerms(port, memory, { event, season, chart, items })',
      },
    ],
  },
  {
    name: 'looks for the channel of an object in the first event of a group only',
    edits: [
      {
        file: steps,
        find: 'target: targetOf(\n          read,',
        replace: 'target: targetOf(\n          { ...read, terms: (reads[0] ?? read).terms },',
      },
      { file: steps, find: 'if (reads.length < 2) return false', replace: 'return false' },
    ],
  },
  {
    name: 'does not mind that the events of a group put an object in different channels',
    edits: [{ file: steps, find: 'if (reads.length < 2) return false', replace: 'return false' }],
  },
  {
    name: 'asks of the first object of a request only whether it is for sale',
    edits: [
      {
        file: 'lib/rules/decide-seat.ts',
        find: 'const code = refusalOf(target, change, seenAt)',
        replace:
          "const found = refusalOf(target, change, seenAt)\n  const code = lines.length > 0 && found === 'not-for-sale' ? undefined : found",
      },
    ],
  },
  {
    name: 'lets objects in resale be bought although they are off sale',
    edits: [
      {
        file: situations,
        find: 'if (isSelectable && !isForSale(offer, viewer))',
        replace: 'if (isFree && !isForSale(offer, viewer))',
      },
    ],
  },
  {
    name: 'takes an object in a channel for one in none where only channels are opened',
    edits: [
      {
        file: situations,
        find: 'channelKeys.includes(channel)',
        replace: '(channel === NO_CHANNEL || channelKeys.includes(channel))',
      },
    ],
  },
  {
    name: 'writes the text of new terms after the head that names it',
    edits: [
      {
        file: writing,
        find: 'const outcome = await transactOnce(port, items, receipt)',
        replace: `const isText = (it: TransactItem) => String(it.Put?.Item?.['pk']).startsWith('X#')
  const texts = items.filter(isText)
  const outcome = await transactOnce(port, items.filter((it) => !isText(it)), receipt)
  if (outcome.status === 'applied' && texts.length > 0) await transactOnce(port, texts, undefined)`,
      },
    ],
  },
  {
    name: 'changes the terms of the first of several events only',
    edits: [
      {
        file: writing,
        find: 'const written = writesOfAll(port, replacements)',
        replace: 'const written = writesOfAll(port, replacements.slice(0, 1))',
      },
    ],
  },
  {
    name: 'writes the terms of several events one after the other',
    edits: [
      {
        file: writing,
        find: "if (replacements.length > 1 && isTooMuch) return 'too-much'",
        replace: `if (replacements.length > 1) {
    for (const it of replacements.slice(1)) await replaceTerms(port, [it], undefined)
    return replaceTerms(port, replacements.slice(0, 1), receipt)
  }`,
      },
    ],
  },
  {
    name: 'changes terms without a look at the version of the head',
    edits: [
      {
        file: writing,
        find: 'putHead(port, head, asItWasRead(before)),',
        replace: "putHead(port, head, { ConditionExpression: 'attribute_exists(pk)' }),",
      },
    ],
  },
]
