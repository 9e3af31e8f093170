import { expect, test } from 'vitest'
import { readPattern } from '../src/match.ts'
import { PatternError } from '../src/pattern-error.ts'

const event = {
  source: 'shop',
  'detail-type': 'order.paid',
  detail: {
    state: 'Open',
    count: 5,
    none: null,
    yes: true,
    empty: '',
    path: '/lib/x*y/file.png',
    address: '10.0.0.7',
    tags: ['a', 'b'],
    nothing: [],
    lines: [
      { sku: 'x', colour: 'red' },
      { sku: 'y', colour: 'blue' },
    ],
    $or: 'odd',
  },
}

/** Whether the event's detail matches, where each field has one entry in its list unless it has several. */
function matches(detail: object): boolean {
  return readPattern(JSON.stringify({ detail }))(event)
}

test.each([
  // Exactly.
  ['a text', { state: ['Open'] }, true],
  ['a text in another case', { state: ['open'] }, false],
  ['one of several', { state: ['x', 'Open'] }, true],
  ['a number', { count: [5] }, true],
  ['a number as text', { count: ['5'] }, false],
  ['null', { none: [null] }, true],
  ['null, where nothing is', { missing: [null] }, false],
  ['true', { yes: [true] }, true],
  ['an empty text', { empty: [''] }, true],
  ['two fields of which one differs', { state: ['Open'], count: [6] }, false],
  // Arrays and what is nested.
  ['an element of an array', { tags: ['b'] }, true],
  ['no element of an array', { tags: ['c'] }, false],
  ['nothing of an empty array', { nothing: [''] }, false],
  ['fields of one element', { lines: { sku: ['y'], colour: ['blue'] } }, true],
  ['fields of different elements', { lines: { sku: ['x'], colour: ['blue'] } }, false],
  ['below what is no object', { state: { deeper: ['x'] } }, false],
  // Presence.
  ['a field that is there', { state: [{ exists: true }] }, true],
  ['a field that is not there', { missing: [{ exists: true }] }, false],
  ['the absence of one that is not', { missing: [{ exists: false }] }, true],
  ['the absence of one that is', { state: [{ exists: false }] }, false],
  ['null as being there', { none: [{ exists: true }] }, true],
  ['absence below what is missing', { missing: { deeper: [{ exists: false }] } }, true],
  // Parts of texts.
  ['a prefix', { path: [{ prefix: '/lib/' }] }, true],
  ['a prefix in another case', { path: [{ prefix: '/LIB/' }] }, false],
  ['a prefix whatever its case', { path: [{ prefix: { 'equals-ignore-case': '/LIB/' } }] }, true],
  ['a prefix of a number', { count: [{ prefix: '5' }] }, false],
  ['a suffix', { path: [{ suffix: '.png' }] }, true],
  ['a suffix whatever its case', { path: [{ suffix: { 'equals-ignore-case': '.PNG' } }] }, true],
  ['a text whatever its case', { state: [{ 'equals-ignore-case': 'oPEN' }] }, true],
  ['part of a text whatever its case', { state: [{ 'equals-ignore-case': 'ope' }] }, false],
  // Wildcards.
  ['a wildcard', { path: [{ wildcard: '/lib/*.png' }] }, true],
  ['several wildcards', { path: [{ wildcard: '*lib*file*' }] }, true],
  ['a star that is none', { path: [{ wildcard: '/lib/x\\*y/*' }] }, true],
  ['a star that is none, elsewhere', { path: [{ wildcard: '/lib\\**' }] }, false],
  ['no wildcard at all', { state: [{ wildcard: 'Ope' }] }, false],
  ['ends that overlap', { state: [{ wildcard: 'Ope*pen' }] }, false],
  // Numbers.
  ['equal', { count: [{ numeric: ['=', 5] }] }, true],
  ['below', { count: [{ numeric: ['<', 5] }] }, false],
  ['at most', { count: [{ numeric: ['<=', 5] }] }, true],
  ['within a range', { count: [{ numeric: ['>', 4, '<=', 5] }] }, true],
  ['outside a range', { count: [{ numeric: ['>=', 0, '<', 5] }] }, false],
  ['a number where there is a text', { state: [{ numeric: ['>', 0] }] }, false],
  ['an address in a network', { address: [{ cidr: '10.0.0.0/29' }] }, true],
  ['an address outside a network', { address: [{ cidr: '10.0.0.8/29' }] }, false],
  // Anything but.
  ['anything but another', { state: [{ 'anything-but': 'Closed' }] }, true],
  ['anything but it', { state: [{ 'anything-but': 'Open' }] }, false],
  ['anything but a list', { state: [{ 'anything-but': ['x', 'Open'] }] }, false],
  ['anything but a number', { count: [{ 'anything-but': [4, 6] }] }, true],
  ['anything but, where nothing is', { missing: [{ 'anything-but': 'x' }] }, false],
  ['any element but one', { tags: [{ 'anything-but': 'a' }] }, true],
  ['anything but a prefix', { path: [{ 'anything-but': { prefix: '/lib' } }] }, false],
  ['anything but prefixes', { path: [{ 'anything-but': { prefix: ['x', '/l'] } }] }, false],
  ['anything but a suffix', { path: [{ 'anything-but': { suffix: '.jpg' } }] }, true],
  ['anything but a wildcard', { path: [{ 'anything-but': { wildcard: '*/x*' } }] }, false],
  [
    'anything but a text whatever its case',
    { state: [{ 'anything-but': { 'equals-ignore-case': ['OPEN', 'x'] } }] },
    false,
  ],
  // Alternatives.
  ['one of two', { $or: [{ state: ['x'] }, { count: [5] }] }, true],
  ['none of two', { $or: [{ state: ['x'] }, { count: [6] }] }, false],
  ['one of two and another', { $or: [{ state: ['x'] }, { count: [5] }], yes: [false] }, false],
  ['a field that is called $or', { $or: ['odd'] }, true],
])('%s: %j matches: %j', (_, detail, expected) => {
  expect(matches(detail)).toBe(expected)
})

test('a pattern may look at everything that an event has', () => {
  const pattern = { source: ['shop'], 'detail-type': [{ prefix: 'order.' }] }
  expect(readPattern(JSON.stringify(pattern))(event)).toBe(true)
})

test.each([
  ['', 'no JSON'],
  ['{"a"', 'no JSON'],
  ['[]', 'no object'],
  ['"a"', 'no object'],
  ['{}', 'empty'],
  ['{"a": {}}', 'empty below'],
  ['{"a": "b"}', 'a value without a list'],
  ['{"a": []}', 'an empty list'],
  ['{"a": [[1]]}', 'a list in a list'],
  ['{"a": [{}]}', 'no comparison'],
  ['{"a": [{"prefix": "a", "suffix": "b"}]}', 'two comparisons in one'],
  ['{"a": [{"like": "a"}]}', 'an unknown comparison'],
  ['{"a": [{"constructor": "a"}]}', 'an unknown comparison that objects have'],
  ['{"a": [{"exists": "yes"}]}', 'exists without true or false'],
  ['{"a": [{"prefix": 5}]}', 'a prefix that is no text'],
  ['{"a": [{"prefix": {"like": "a"}}]}', 'a prefix of an unknown kind'],
  ['{"a": [{"wildcard": "a**b"}]}', 'two stars in a row'],
  ['{"a": [{"wildcard": "a\\\\b"}]}', 'a backslash before another character'],
  ['{"a": [{"numeric": []}]}', 'numeric without a number'],
  ['{"a": [{"numeric": ["<", "5"]}]}', 'numeric with a text'],
  ['{"a": [{"numeric": ["!=", 5]}]}', 'numeric with an unknown sign'],
  ['{"a": [{"numeric": [">", 5, ">", 6]}]}', 'two lower bounds'],
  ['{"a": [{"numeric": [">", 5, "<", 5]}]}', 'a range that is empty'],
  ['{"a": [{"cidr": "10.0.0.0/33"}]}', 'a network that is none'],
  ['{"a": [{"anything-but": []}]}', 'anything but nothing'],
  ['{"a": [{"anything-but": ["a", 5]}]}', 'anything but texts and numbers'],
  ['{"a": [{"anything-but": {"numeric": ["=", 5]}}]}', 'anything but a comparison it has not'],
  ['{"a": [{"anything-but": {"prefix": ""}}]}', 'anything but an empty prefix'],
])('%s is refused: %s', (text) => {
  expect(() => readPattern(text)).toThrow(PatternError)
})
