import { lstat, mkdir, open, readFile, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'

// Notes by which the commands of a user find that user's running products. A note has secrets in it, and whoever reads one
// speaks to what it names: so notes are written and read only in a folder that nobody else can write in or read, and a note
// counts only while the process that wrote it is there.

/** How another program of the same user reaches a running local product; only that user may read it. */
export interface RunningProduct {
  /** What the SDK must find in the environment to speak to its table. */
  readonly environment: Readonly<Record<string, string>>
  readonly tableName: string
  readonly masterSecret: string
}

const noteShape = z.object({
  environment: z.record(z.string(), z.string()),
  tableName: z.string(),
  masterSecret: z.string(),
  process: z.object({ id: z.int().positive(), startedAt: z.string().optional() }),
})

/** Nobody but the user may do anything with it. */
const OTHERS = 0o077

/**
 * Leaves a note for other programs of this user, by the port; answers how to take it away. Leaves none, and tells why, where the
 * folder for notes is not the user's alone.
 */
export async function announce(
  port: number,
  product: RunningProduct,
  tell: (text: string) => void,
): Promise<() => Promise<void>> {
  await mkdir(folder(), { mode: 0o700 }).catch(() => undefined)
  if (!(await isOurs(folder(), 'folder'))) {
    tell(
      `${folder()} is not a folder of yours alone: npm run keys and npm run webhooks will not find this Holdfast. Remove it and start again.\n`,
    )
    return () => Promise.resolve()
  }
  const path = noteOf(port)
  const startedAt = await startOf(process.pid)
  const note = { ...product, process: { id: process.pid, ...(startedAt && { startedAt }) } }
  await rm(path, { force: true })
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(JSON.stringify(note))
  } finally {
    await file.close()
  }
  return () => rm(path, { force: true })
}

/** Finds the product on a port; undefined when there is no note of one that runs, and that this user wrote. */
export async function findProduct(port: number): Promise<RunningProduct | undefined> {
  const path = noteOf(port)
  if (!(await isOurs(folder(), 'folder')) || !(await isOurs(path, 'file'))) return undefined
  const note = noteShape.safeParse(parse(await readFile(path, 'utf8').catch(() => '')))
  if (!note.success) return undefined
  const { process: writer, ...product } = note.data
  if (await isRunning(writer)) return product
  await rm(path, { force: true })
  return undefined
}

/** Whether it is there, belongs to this user, and nobody else may read or write it; a link is never. */
async function isOurs(path: string, kind: 'file' | 'folder'): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined)
  if (found === undefined) return false
  if (!(kind === 'file' ? found.isFile() : found.isDirectory())) return false
  const user = process.getuid?.()
  // Where there are no users in this sense, the folder is the user's own.
  return user === undefined || (found.uid === user && (found.mode & OTHERS) === 0)
}

/** A process of that number may be another one by now: then it began at another time, where that is told. */
async function isRunning({ id, startedAt }: { id: number; startedAt?: string | undefined }) {
  try {
    process.kill(id, 0)
  } catch {
    return false
  }
  return startedAt === undefined || (await startOf(id)) === startedAt
}

/** When a process began, in ticks since the machine did; undefined where the system does not tell. */
async function startOf(id: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '')
  // The name, in brackets, may have spaces and brackets in it. Behind it the start is the twentieth field.
  return text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .at(19)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function folder(): string {
  return join(tmpdir(), `holdfast-${userInfo().username}`)
}

function noteOf(port: number): string {
  return join(folder(), `${port}.json`)
}
