import { expect, test } from 'vitest'
import { OptionsError, readOptions } from '../../local/options.ts'

test('without options, the port is 3000 and data lives in memory', () => {
  expect(readOptions([], {})).toEqual({ port: 3000, data: undefined, hosts: [], busPort: 0 })
})

test.each([
  [['--data', 'here'], 'here'],
  [['--data=./a folder'], './a folder'],
])('%j names the folder', (args, data) => {
  expect(readOptions(args, { PORT: '0' })).toEqual({ port: 0, data, hosts: [], busPort: 0 })
})

test('--help asks for the usage, whatever else is asked for', () => {
  expect(readOptions(['--data', 'here', '--help'], {})).toBe('help')
})

test.each([
  [['--data'], /^Option '--data <value>' argument missing\n\nUsage: npm start/],
  [['--data', ''], /^--data needs a folder/],
  [['--data='], /^--data needs a folder/],
  [['--data', '--help'], /^Option '--data' argument is ambiguous\n/],
  [['--port', '80'], /^Unknown option '--port'\n\nUsage/],
  [['-d', 'here'], /^Unknown option '-d'\n/],
  [['--help=1'], /^Option '--help' does not take an argument\n/],
  [['./a.folder/b'], /^Unexpected argument '\.\/a\.folder\/b'\n/],
])('%j is refused, with what can be asked for', (args, message) => {
  const read = () => readOptions(args, {})
  expect(read).toThrow(OptionsError)
  expect(read).toThrow(message)
})

test('a folder and an endpoint of DynamoDB are not taken together', () => {
  const env = { AWS_ENDPOINT_URL_DYNAMODB: 'http://localhost:8000' }
  expect(() => readOptions(['--data', 'here'], env)).toThrow(/leave one of them away/)
  expect(readOptions([], env)).toEqual({ port: 3000, data: undefined, hosts: [], busPort: 0 })
})

test('an event bus and queues from outside are taken together or not at all', () => {
  const events = { AWS_ENDPOINT_URL_EVENTBRIDGE: 'http://localhost:4566' }
  const queues = { AWS_ENDPOINT_URL_SQS: 'http://localhost:4566' }
  for (const env of [events, queues]) {
    expect(() => readOptions([], env)).toThrow(OptionsError)
    expect(() => readOptions([], env)).toThrow(/both or neither/)
  }
  expect(readOptions([], { ...events, ...queues })).toEqual({
    port: 3000,
    data: undefined,
    hosts: [],
    busPort: 0,
  })
})

test('the bus takes the port that it is given', () => {
  expect(readOptions([], { HOLDFAST_BUS_PORT: '4100' })).toMatchObject({ busPort: 4_100 })
  expect(() => readOptions([], { HOLDFAST_BUS_PORT: 'x' })).toThrow(
    /^HOLDFAST_BUS_PORT must be a number/,
  )
})

test('names of hosts are taken with spaces or commas between', () => {
  const env = { HOLDFAST_HOSTS: ' seats.test, other.test  third.test' }
  expect(readOptions([], env)).toMatchObject({ hosts: ['seats.test', 'other.test', 'third.test'] })
})
