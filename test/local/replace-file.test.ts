import { open, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { replaceFile } from '../../local/data/replace-file.ts'
import { cleanUps } from '../support/clean-ups.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

test('the content is on the disk before the name, and the name before anybody goes on', async () => {
  const folder = await temporaryFolder()
  const path = join(folder, 'note')
  await writeFile(path, 'old')
  const handle = await open(path)
  const handles = Object.getPrototypeOf(handle) as typeof handle
  await handle.close()
  const own = Object.getOwnPropertyDescriptor(handles, 'sync') ?? {}
  const sync = own.value as (this: typeof handle) => Promise<void>
  cleanUps.push(() => Promise.resolve(void Object.defineProperty(handles, 'sync', own)))
  const seen: string[] = []
  handles.sync = async function (this: typeof handle) {
    const kind = (await this.stat()).isDirectory() ? 'folder' : 'file'
    seen.push(`${kind}, ${await readFile(path, 'utf8')} in its place`)
    return sync.call(this)
  }
  await replaceFile(path, 'new', 0o600)
  expect(seen).toEqual(['file, old in its place', 'folder, new in its place'])
  expect(await readdir(folder)).toEqual(['note'])
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})
