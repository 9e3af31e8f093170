import { instant } from '@holdfast/embedded/clock'
import type { Instant } from '@holdfast/embedded/clock'
import { dynamoError, notFound, validationError } from '../errors.ts'
import { keyOf, last } from '../items/keys.ts'
import type { Store } from '../store.ts'
import { tableNameOf } from '../store.ts'
import { sequenceText } from './stream-records.ts'
import type { Stream, StreamRecord } from '../types.ts'

/** How long a record can be read. */
export const recordMilliseconds = 24 * 60 * 60 * 1000
/** How long an iterator can be used. */
export const iteratorMilliseconds = 15 * 60 * 1000
/** The most bytes of records that one GetRecords returns. */
const answerBytesMax = 1024 * 1024
/** The most records that one GetRecords returns, and how many without a limit. */
export const recordsMax = 1000
/** The most streams that one ListStreams returns. */
const streamsMax = 100

interface ListStreamsRequest {
  TableName?: string
  Limit?: number
  ExclusiveStartStreamArn?: string
}

/** ListStreams: those of one table or of all, in the order of their ARNs. */
export function listStreams(store: Store, request: ListStreamsRequest): object {
  const {
    TableName: name,
    Limit: limit = streamsMax,
    ExclusiveStartStreamArn: start = '',
  } = request
  const all = [...store.streams.values()]
    .filter((stream) => name === undefined || stream.tableName === tableNameOf(name))
    .filter((stream) => stream.arn > start)
    .sort((left, right) => (left.arn < right.arn ? -1 : 1))
  const page = all.slice(0, limit)
  return {
    Streams: page.map((stream) => ({
      StreamArn: stream.arn,
      TableName: stream.tableName,
      StreamLabel: stream.label,
    })),
    ...(page.length < all.length ? { LastEvaluatedStreamArn: page.at(-1)?.arn } : {}),
  }
}

interface DescribeStreamRequest {
  StreamArn: string
  ExclusiveStartShardId?: string
}

/** DescribeStream: a stream has one shard, which stays open. */
export function describeStream(store: Store, request: DescribeStreamRequest): object {
  const stream = findStream(store, request.StreamArn)
  const shard = {
    ShardId: shardId(stream),
    SequenceNumberRange: { StartingSequenceNumber: stream.startSequence },
  }
  const after = request.ExclusiveStartShardId
  return {
    StreamDescription: {
      StreamArn: stream.arn,
      StreamLabel: stream.label,
      StreamStatus: 'ENABLED',
      StreamViewType: stream.viewType,
      CreationRequestDateTime: stream.created / 1000,
      TableName: stream.tableName,
      KeySchema: stream.keySchema,
      Shards: after !== undefined && after >= shard.ShardId ? [] : [shard],
    },
  }
}

interface GetShardIteratorRequest {
  StreamArn: string
  ShardId: string
  ShardIteratorType: 'TRIM_HORIZON' | 'LATEST' | 'AT_SEQUENCE_NUMBER' | 'AFTER_SEQUENCE_NUMBER'
  SequenceNumber?: string
}

/** A position: records with greater numbers follow. */
interface Position {
  after: string
  issued: Instant
}

/** GetShardIterator. */
export async function getShardIterator(
  store: Store,
  request: GetShardIteratorRequest,
): Promise<object> {
  const stream = findStream(store, request.StreamArn)
  if (request.ShardId !== shardId(stream)) {
    throw notFound(
      `Requested resource not found: Shard: ${request.ShardId} in Stream: ${stream.arn} not found`,
    )
  }
  const after = await startingAfter(store, stream, request)
  return { ShardIterator: iteratorText(store, stream, after) }
}

async function startingAfter(
  store: Store,
  stream: Stream,
  request: GetShardIteratorRequest,
): Promise<string> {
  const { ShardIteratorType: type, SequenceNumber: sequence } = request
  if (type === 'TRIM_HORIZON') return ''
  if (type === 'LATEST') return sequenceText(store.sequence)
  if (sequence === undefined) {
    throw validationError(
      'One or more parameter values were invalid: SequenceNumber must be specified when ShardIteratorType is ' +
        type,
    )
  }
  if (!/^\d{21,40}$/.test(sequence) || sequence > sequenceText(store.sequence)) {
    throw validationError(`Invalid SequenceNumber: ${sequence} for ShardIteratorType: ${type}`)
  }
  const oldest = await oldestSequence(store, stream)
  if (sequence < stream.startSequence || (oldest !== undefined && sequence < oldest)) {
    throw dynamoError(
      'TrimmedDataAccessException',
      `Sequence number ${sequence} is past the trim horizon`,
    )
  }
  return type === 'AFTER_SEQUENCE_NUMBER' ? sequence : String(BigInt(sequence) - 1n)
}

interface GetRecordsRequest {
  ShardIterator: string
  Limit?: number
}

/** GetRecords: what follows the iterator, and an iterator to go on. */
export async function getRecords(store: Store, request: GetRecordsRequest): Promise<object> {
  const { stream, position } = parseIterator(store, request.ShardIterator)
  await trim(store, stream)
  const prefix = keyOf.records(stream.label, stream.tableName)
  const limit = Math.min(request.Limit ?? recordsMax, recordsMax)
  const records: StreamRecord[] = []
  let bytes = 0
  for await (const [, value] of store.range({
    gt: prefix + position.after,
    lt: prefix + last,
    limit,
  })) {
    const record = value as StreamRecord
    records.push(record)
    bytes += record.dynamodb.SizeBytes
    if (bytes >= answerBytesMax) break
  }
  const after = records.at(-1)?.dynamodb.SequenceNumber ?? position.after
  return { Records: records, NextShardIterator: iteratorText(store, stream, after) }
}

/** Deletes the records of a stream that are older than 24 hours. */
export async function trim(store: Store, stream: Stream): Promise<void> {
  const horizon = store.clock.now() - recordMilliseconds
  const prefix = keyOf.records(stream.label, stream.tableName)
  const isKept = (value: unknown) =>
    (value as StreamRecord).dynamodb.ApproximateCreationDateTime * 1000 > horizon
  const range = { gt: prefix, lt: prefix + last }
  // Mostly the oldest is kept: whoever polls looks at one.
  for await (const [, value] of store.range({ ...range, limit: 1 })) if (isKept(value)) return
  let upTo: string | undefined
  for await (const [key, value] of store.range(range)) {
    if (isKept(value)) break
    upTo = key
  }
  if (upTo !== undefined) await store.clear({ gt: prefix, lte: upTo })
}

/** Records that a reader is done with and that are kept all the same, for others who look. */
export const READ_KEPT = 1_000n

/** Deletes the records of a stream up to one that its reader is done with, but for the latest of them. */
export async function forgetRead(store: Store, arn: string, read: string): Promise<void> {
  const stream = store.streams.get(arn)
  // A number's text is a one, and then the number.
  const upTo = BigInt(read.slice(1)) - READ_KEPT
  if (stream === undefined || upTo <= 0n) return
  const prefix = keyOf.records(stream.label, stream.tableName)
  await store.clear({ gt: prefix, lte: prefix + sequenceText(upTo) })
}

async function oldestSequence(store: Store, stream: Stream): Promise<string | undefined> {
  await trim(store, stream)
  const prefix = keyOf.records(stream.label, stream.tableName)
  for await (const [key] of store.range({ gt: prefix, lt: prefix + last, limit: 1 })) {
    return key.slice(prefix.length)
  }
  return undefined
}

function findStream(store: Store, arn: string): Stream {
  const stream = store.streams.get(arn)
  if (stream === undefined) {
    throw notFound(`Requested resource not found: Stream: ${arn} not found`)
  }
  return stream
}

function shardId(stream: Stream): string {
  return `shardId-${String(stream.created).padStart(20, '0')}-00000001`
}

function iteratorText(store: Store, stream: Stream, after: string): string {
  const position: Position = { after, issued: store.clock.now() }
  return `${stream.arn}|1|${Buffer.from(JSON.stringify(position)).toString('base64')}`
}

function parseIterator(store: Store, text: string): { stream: Stream; position: Position } {
  const [arn = '', , encoded = ''] = text.split('|')
  const position = decode(encoded)
  if (position === undefined) throw validationError('Invalid ShardIterator')
  if (store.clock.now() - position.issued > iteratorMilliseconds) {
    throw dynamoError('ExpiredIteratorException', 'The shard iterator has expired')
  }
  return { stream: findStream(store, arn), position }
}

function decode(encoded: string): Position | undefined {
  try {
    const { after, issued } = JSON.parse(Buffer.from(encoded, 'base64').toString()) as Position
    return typeof after === 'string' && Number.isSafeInteger(issued)
      ? { after, issued: instant(issued) }
      : undefined
  } catch {
    return undefined
  }
}
