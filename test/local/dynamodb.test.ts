import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const program = fileURLToPath(new URL('../../commands/dynamodb.ts', import.meta.url))

/** Starts `npm run dynamodb` and collects what it prints; it is killed after the test. */
function start(port: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', program, '--port', port])
  onTestFinished(() => void child.kill('SIGKILL'))
  let text = ''
  const said = new Promise<string>((resolve) => {
    const read = (chunk: Buffer) => {
      text += chunk.toString()
      if (text.endsWith('\n')) resolve(text)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
  })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  return { child, said, ended }
}

test('the embedded DynamoDB runs alone, speaks to the SDK, and ends on a signal', async () => {
  const { child, said, ended } = start('0')
  const [endpoint = ''] = /http:\S+/.exec(await said) ?? []
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' }
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials })
  expect((await client.send(new ListTablesCommand())).TableNames).toEqual([])
  client.destroy()
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

test('a port that is taken or nonsense is named', async () => {
  const blocker = createServer().listen(0, '127.0.0.1')
  await once(blocker, 'listening')
  const { port } = blocker.address() as AddressInfo
  const taken = start(String(port))
  expect(await taken.said).toContain(
    `Port ${port} is taken by another program: name another with --port\n`,
  )
  expect(await taken.ended).toBe(1)
  blocker.close()
  const nonsense = start('eight')
  expect(await nonsense.said).toContain('--port must be a number from 0 to 65535, not eight')
  expect(await nonsense.ended).toBe(1)
})
