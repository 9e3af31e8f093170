import { readFile, readdir, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { isInUse } from '@holdfast/leveldb/is-in-use'
import { findDamage } from '@holdfast/leveldb/find-damage'
import { makeFolder } from './make-folder.ts'
import { replaceFile } from './replace-file.ts'
import { filePosition, type StreamPosition } from './stream-position.ts'

// A data folder holds:
//
// - holdfast.json: what the folder is, and the version of its format. Its state is `creating` until the table and the
//   demo are there, and `ready` from before the first request on: a ready folder is never filled anew.
// - db/: the LevelDB of the table, locked by the process that uses it.
// - messages/: the LevelDB of queues and rules. A folder that is older than they are has none yet; the marker says so.
// - master-secret: what keys are derived from.
// - signing-secret: what the secrets of webhooks are derived from. A folder that is older has none; the marker says so.
// - stream-position.json: how far the workers are. It may be missing or old; then they do some work twice.

const MARKER = 'holdfast.json'
const FORMAT = 'holdfast-data'
const VERSION = 1

/** The LevelDBs in the folder. */
const DATABASE = 'db'
const MESSAGES = 'messages'

/** `root-secrets.ts` reads and writes them. */
export const SIGNING_FILE = 'signing-secret'
export const MASTER_FILE = 'master-secret'
const POSITION_FILE = 'stream-position.json'

/** What may be in a folder that is otherwise empty: file systems and desktops put it there. */
const STRANGERS_ALLOWED = new Set(['lost+found', '.DS_Store'])

type State = 'creating' | 'ready'

interface Marker {
  readonly state: State
  /** Whether queues and rules were in the folder when it was last served from. */
  readonly hasMessages: boolean
  /** Whether there was a signing secret then. */
  readonly hasSigningSecret: boolean
}

/** The folder cannot be used: the message names it and says what to do. */
export class DataFolderError extends Error {}

export interface DataFolder {
  readonly path: string
  /** Where the embedded DynamoDB keeps its files. */
  readonly databasePath: string
  /** Where the embedded queues and rules keep theirs. */
  readonly messagesPath: string
  /** It was served from with a signing secret of its own, and so must have one. */
  readonly hadSigningSecret: boolean
  /** Nothing was ever served from it: it may lack its table and the demo. */
  readonly isNew: boolean
  readonly position: StreamPosition
  /** Notes that everything is there that a first start makes. */
  readonly markReady: () => Promise<void>
}

/** Makes a data folder, or looks through one and refuses it, unchanged, if it is damaged or not ours. */
export async function openDataFolder(name: string): Promise<DataFolder> {
  const path = resolve(name)
  try {
    await makeFolder(path)
    const { state, hasMessages, hasSigningSecret } = (await readMarker(path)) ?? (await begin(path))
    if (state === 'ready') await refuseDamage(path, DATABASE)
    if (state === 'ready' && hasMessages) await refuseDamage(path, MESSAGES)
    return {
      path,
      databasePath: join(path, DATABASE),
      messagesPath: join(path, MESSAGES),
      hadSigningSecret: hasSigningSecret,
      isNew: state === 'creating',
      position: filePosition(join(path, POSITION_FILE)),
      markReady: () => writeState(path, 'ready'),
    }
  } catch (error) {
    throw explain(path, error)
  }
}

/**
 * Removes all that a data folder holds, so that the next start makes it anew; refuses a folder that is in use, or is none of ours.
 * Answers whether there was anything.
 */
export async function emptyDataFolder(name: string): Promise<boolean> {
  const path = resolve(name)
  try {
    if (!(await isThere(path)) || (await readdir(path)).length === 0) return false
    if ((await readMarker(path)) === undefined)
      throw stranger(path, (await readdir(path)).join(', '))
    for (const database of [DATABASE, MESSAGES]) {
      const at = join(path, database)
      if ((await isThere(at)) && (await isInUse(at))) throw inUse(path)
    }
    // The marker goes last: until then the folder is known for what it is.
    const parts = [DATABASE, MESSAGES, MASTER_FILE, SIGNING_FILE, POSITION_FILE, MARKER]
    for (const part of parts) await rm(join(path, part), { recursive: true, force: true })
    return true
  } catch (error) {
    throw explain(path, error)
  }
}

/** Puts a failure to open or use the folder into words. */
export function explain(path: string, error: unknown): DataFolderError {
  if (error instanceof DataFolderError) return error
  const codes = chain(error).map(({ code }) => code ?? '')
  const text = chain(error)
    .map(({ message }) => message)
    .join(': ')
  if (codes.includes('LEVEL_LOCKED')) return inUse(path)
  const [, why, advice] = reasons.find(
    ([pattern]) => codes.some((code) => pattern.test(code)) || pattern.test(text),
  ) ?? [undefined, `cannot be used: ${text}`, 'Make it usable, or name another folder with --data.']
  return new DataFolderError(`The data folder ${path} ${why}. ${advice}`, { cause: error })
}

const reasons: readonly (readonly [pattern: RegExp, why: string, advice: string])[] = [
  [
    /ENOTDIR|EEXIST/,
    'is not a folder: there is a file in its place',
    'Name another one with --data.',
  ],
  [
    /ENOSPC|EDQUOT|No space left|quota exceeded/i,
    'is on a disk that is full',
    'Make room, then start again. Nothing in it is lost.',
  ],
  [
    /EROFS|Read-only file system/,
    'is on a disk that cannot be written',
    'Mount it for writing, or name another folder with --data.',
  ],
  [
    // What Node.js says of a new folder on a disk that is read-only.
    /ENOENT/,
    'cannot be made: its disk may be read-only',
    'Name another one with --data.',
  ],
  [
    /EACCES|EPERM|Permission denied|Operation not permitted/,
    'may not be read and written by this user',
    'Give the user the permission, or name another folder with --data.',
  ],
]

async function readMarker(path: string): Promise<Marker | undefined> {
  const text = await readFile(join(path, MARKER), 'utf8').catch(undefinedIfMissing)
  if (text === undefined) return undefined
  const { format, version, state, hasMessages, hasSigningSecret } = parse(text)
  if (format !== FORMAT || typeof version !== 'number') {
    throw damaged(path, `${MARKER} is garbled`)
  }
  if (version !== VERSION) {
    throw new DataFolderError(
      `The data folder ${path} is in format ${version}, and this Holdfast knows format ${VERSION} only. ` +
        'Start it with the Holdfast that made it, or name another folder with --data.',
    )
  }
  if (state !== 'creating' && state !== 'ready') throw damaged(path, `${MARKER} is garbled`)
  return {
    state,
    hasMessages: hasMessages === true,
    hasSigningSecret: hasSigningSecret === true,
  }
}

function parse(
  text: string,
): Partial<Record<'format' | 'version' | 'state' | 'hasMessages' | 'hasSigningSecret', unknown>> {
  try {
    return (JSON.parse(text) ?? {}) as object
  } catch {
    return {}
  }
}

async function begin(path: string): Promise<Marker> {
  const names = await readdir(path)
  const found = names.find((name) => !STRANGERS_ALLOWED.has(name) && !name.startsWith(`${MARKER}.`))
  if (found !== undefined) {
    throw stranger(path, found)
  }
  await writeState(path, 'creating')
  return { state: 'creating', hasMessages: false, hasSigningSecret: false }
}

async function writeState(path: string, state: State): Promise<void> {
  const hasMessages = state === 'ready' && (await isThere(join(path, MESSAGES)))
  const hasSigningSecret = state === 'ready' && (await isThere(join(path, SIGNING_FILE)))
  const marker = { format: FORMAT, version: VERSION, state, hasMessages, hasSigningSecret }
  await replaceFile(join(path, MARKER), `${JSON.stringify(marker)}\n`)
}

/** Another process may be writing while the files are read: then what looks like damage is none. */
async function refuseDamage(path: string, name: string): Promise<void> {
  const databasePath = join(path, name)
  const damage = await findDamage(databasePath)
  if (damage === undefined) return
  if ((await isThere(databasePath)) && (await isInUse(databasePath))) throw inUse(path)
  throw damaged(path, `${name}/${damage}`)
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(undefinedIfMissing)) !== undefined
}

/** Says what is damaged in a folder, and what to do. */
export function damaged(path: string, what: string): DataFolderError {
  return new DataFolderError(
    `The data folder ${path} is damaged (${what}). Nothing in it was changed. ` +
      'Restore it from a copy, or name another folder with --data.',
  )
}

function stranger(path: string, found: string): DataFolderError {
  return new DataFolderError(
    `The folder ${path} is not empty (it has ${found}) and has no ${MARKER}, so it is not a data folder of ` +
      'Holdfast, or has lost a part. Nothing in it was changed. Name an empty or a new folder with --data.',
  )
}

function inUse(path: string): DataFolderError {
  return new DataFolderError(
    `The data folder ${path} is in use by another Holdfast. Stop that one, or name another folder with --data.`,
  )
}

function chain(error: unknown): { code?: string; message: string }[] {
  return error instanceof Error ? [error, ...chain(error.cause)] : []
}

function undefinedIfMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
