import { expect, test } from 'vitest'
import { KEY_CACHE_MS } from '../../lib/http/auth.ts'
import { rowDrawing } from '../support/drawings.ts'
import { startSeatsio } from '../support/seatsio-server.ts'

test('an admin key acts in the default workspace, and in any that is named', async () => {
  const { client, clientWith, adminKey, workspace, importChart } = await startSeatsio()
  await importChart('hall', rowDrawing())
  const event = await client.events.create('hall')
  expect(await clientWith(adminKey).events.retrieve(event.key)).toEqual(event)
  expect(await clientWith(adminKey, workspace.key).events.retrieve(event.key)).toEqual(event)
  const other = await clientWith(adminKey).workspaces.create('Box office', true)
  await expect(clientWith(adminKey, other.key).events.retrieve(event.key)).rejects.toMatchObject({
    errors: [{ message: `Event not found: ${event.key} was not found in workspace ${other.key}` }],
  })
  await expect(clientWith(adminKey, 'nobody').events.retrieve(event.key)).rejects.toMatchObject({
    errors: [{ code: 'WORKSPACE_NOT_FOUND' }],
  })
})

test('a workspace is created, read, switched off and on again', async () => {
  const { clientWith, adminKey, clock } = await startSeatsio()
  const admin = clientWith(adminKey)
  const made = await admin.workspaces.create('Box office')
  expect(made).toMatchObject({
    name: 'Box office',
    isTest: false,
    isActive: true,
    isDefault: false,
  })
  expect(await admin.workspaces.retrieve(made.key)).toEqual(made)
  const events = () => clientWith(made.secretKey).events.listFirstPage()
  expect((await events()).items).toEqual([])
  await admin.workspaces.deactivate(made.key)
  clock.advance(KEY_CACHE_MS)
  await expect(events()).rejects.toContain('403')
  await admin.workspaces.activate(made.key)
  expect((await events()).items).toEqual([])
})

test('a key that is unknown is told as the client expects it', async () => {
  const { clientWith } = await startSeatsio()
  await expect(clientWith('nobody').events.listFirstPage()).rejects.toContain('401')
})
