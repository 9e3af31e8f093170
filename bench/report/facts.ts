import { wordTable } from './markdown.ts'

const columns = ['', 'Holdfast', 'Write loop', 'Lock record']

const facts = [
  [
    'Two buyers, one seat',
    'One gets it.',
    'One gets it: each write is conditional.',
    'One gets it, unless somebody outlives their lease: the writes themselves are not conditional, so a process that pauses for more than 10 s writes over what was sold meanwhile.',
  ],
  [
    'The process dies between two writes',
    'All or nothing: whoever meets what it left [finishes or undoes it](../commit-protocol.md).',
    'What was written stays: seats held until their deadline, or booked for good. Nobody puts them back.',
    'The same, and the event sells nothing until the lease has run out.',
  ],
  [
    'An answer is lost',
    'The same write is sent again until its outcome is known.',
    'The order fails, and seats stay as above. Asked again, a booking is refused: its seats are booked.',
    'The same, behind a lock that nobody gives back.',
  ],
  [
    'Others look while an order is under way',
    'They see nothing of it until it is decided; then, if it is large, seat by seat.',
    'They see seats held or booked that may be given back a moment later, and are refused for them.',
    'They see seats change one after the other, unless they lock too.',
  ],
  ['Orders at a time in one event', 'Any number.', 'Any number.', 'One.'],
  ['Record of what was done', 'One history entry an event and order.', 'None.', 'None.'],
  [
    'All that a buyer holds',
    'Found by hold entries.',
    'Not found by the key.',
    'Not found by the key.',
  ],
]

/** What is compared, and what each of them does not guarantee. */
export const sellerFacts = `## What is compared

- **Holdfast**: the action behind every endpoint for seats, without HTTP and authentication.
- **Write loop** (\`bench/sellers/write-loop.ts\`): a conditional write per seat, one after the other; when one is refused, those before it are put
  back.
- **Lock record** (\`bench/sellers/lock-record.ts\`): a lock item for each event, with a lease of 10 s; under it the seats are read, checked, and
  written 25 a request.

All three keep the same rows under the same keys, and check deadlines: a hold that has lapsed is a free seat. They do not
promise the same; \`test/bench/sellers.test.ts\` shows what dies, blocks and sells twice:

${wordTable(columns, facts)}
`
