import { execFile } from 'node:child_process'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DEMO_EVENT_KEY, demoKeys } from '../../local/demo/seed-demo.ts'
import { startProduct } from '../support/product.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const root = new URL('../../', import.meta.url)

/** Runs `npm run reset -- --data …`. */
function reset(data: string): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const command = ['--import', 'tsx', 'commands/reset.ts', '--data', data]
    execFile(process.execPath, command, { cwd: root }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), said: stdout + stderr })
    })
  })
}

const call = (url: string | undefined, method: string, path: string) =>
  fetch(`${url ?? ''}/api/v1${path}`, { method, headers: { 'X-Api-Key': demoKeys.secret } })

test('a reset empties the folder of a product that has ended, and the next start makes the demo anew', async () => {
  const data = join(await temporaryFolder(), 'data')
  const first = startProduct(['--data', data])
  const url = await first.url
  expect((await call(url, 'DELETE', `/events/${DEMO_EVENT_KEY}`)).ok).toBe(true)
  const refused = await reset(data)
  expect([refused.code, refused.said]).toEqual([
    1,
    `The data folder ${data} is in use by another Holdfast. Stop that one, or name another folder with --data.\n`,
  ])
  first.process.kill('SIGTERM')
  expect(await first.ended).toBe(0)
  expect(await reset(data)).toEqual({ code: 0, said: `${data} is empty now\n` })
  expect(await readdir(data)).toEqual([])
  expect(await reset(data)).toEqual({ code: 0, said: `${data} was empty already\n` })
  const second = startProduct(['--data', data])
  const status = await call(await second.url, 'GET', `/events/${DEMO_EVENT_KEY}/status`)
  expect([status.status, (await status.text()).includes('"booked"')]).toEqual([200, true])
})

test('a folder that is none of ours is left as it is, and one that is not there is empty', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'letters.txt'), 'of somebody')
  const { code, said } = await reset(folder)
  expect([code, said]).toEqual([1, expect.stringContaining('it has letters.txt')])
  expect(await readdir(folder)).toEqual(['letters.txt'])
  const nowhere = join(folder, 'nowhere')
  expect(await reset(nowhere)).toEqual({ code: 0, said: `${nowhere} was empty already\n` })
})
