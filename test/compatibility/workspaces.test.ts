import type { Workspace } from 'seatsio'
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

test('workspaces are listed, filtered and paged, the active ones and the others apart', async () => {
  const { clientWith, adminKey, workspace } = await startSeatsio()
  const { workspaces } = clientWith(adminKey)
  const north = await workspaces.create('North')
  const south = await workspaces.create('South')
  const namesOf = async (list: AsyncIterable<unknown>) => {
    const names: string[] = []
    for await (const it of list) names.push((it as Workspace).name)
    return names
  }
  const production = 'Production workspace'
  expect(await namesOf(workspaces.listAll())).toEqual(['South', 'North', production])
  expect(await namesOf(workspaces.listAll('oRt'))).toEqual(['North'])
  await workspaces.deactivate(south.key)
  expect(await namesOf(workspaces.listActive())).toEqual(['North', production])
  expect(await namesOf(workspaces.listInactive())).toEqual(['South'])
  expect(await namesOf(workspaces.listInactive('north'))).toEqual([])
  const first = await workspaces.listFirstPage(null, 1)
  expect(first.items.map(({ name }) => name)).toEqual(['South'])
  const next = await workspaces.listPageAfter(south.id, null, 1)
  expect(next.items).toEqual([north])
  expect([next.previousPageEndsBefore, next.nextPageStartsAfter]).toEqual([
    String(north.id),
    String(north.id),
  ])
  const before = await workspaces.listPageBefore(workspace.id)
  expect(before.items.map(({ name }) => name)).toEqual(['South', 'North'])
  expect((await workspaces.listActivePageAfter(north.id)).items).toHaveLength(1)
  expect((await workspaces.listInactivePageBefore(0)).items).toHaveLength(1)
  expect((await workspaces.listActiveFirstPage('prod')).items).toHaveLength(1)
})

test('a workspace is renamed, gets another key, becomes the default and goes', async () => {
  const { clientWith, adminKey, workspace } = await startSeatsio()
  const { workspaces } = clientWith(adminKey)
  const made = await workspaces.create('Box office')
  await workspaces.update(made.key, 'Door')
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const secretKey = (await workspaces.regenerateSecretKey(made.key)) as string
  const shown = await workspaces.retrieve(made.key)
  expect(shown).toMatchObject({ id: made.id, name: 'Door', secretKey })
  expect((await clientWith(secretKey).events.listFirstPage()).items).toEqual([])
  await expect(clientWith(made.secretKey).events.listFirstPage()).rejects.toContain('401')
  await workspaces.setDefault(made.key)
  expect((await workspaces.retrieve(made.key)).isDefault).toBe(true)
  expect((await workspaces.retrieve(workspace.key)).isDefault).toBe(false)
  await workspaces.setDefault(workspace.key)
  await expect(workspaces.delete(made.key)).rejects.toMatchObject({ status: 400 })
  await workspaces.deactivate(made.key)
  await workspaces.delete(made.key)
  await expect(workspaces.retrieve(made.key)).rejects.toMatchObject({
    status: 404,
    errors: [{ code: 'WORKSPACE_NOT_FOUND' }],
  })
})

test('a secret key is replaced without a moment in which none is valid', async () => {
  const { clientWith, adminKey } = await startSeatsio()
  const { workspaces } = clientWith(adminKey)
  const { key, secretKey: old } = await workspaces.create('Box office')
  const secretKey = (await workspaces.addSecretKey(key)) as string
  expect(await workspaces.retrieve(key)).toMatchObject({
    secretKey: old,
    secretKeys: [old, secretKey],
  })
  for (const valid of [old, secretKey]) {
    expect((await clientWith(valid).events.listFirstPage()).items).toEqual([])
  }
  await workspaces.removeSecretKey(key, old)
  await expect(clientWith(old).events.listFirstPage()).rejects.toContain('401')
  expect((await clientWith(secretKey).events.listFirstPage()).items).toEqual([])
  expect(await workspaces.retrieve(key)).toMatchObject({ secretKey, secretKeys: [secretKey] })
  await expect(workspaces.removeSecretKey(key, secretKey)).rejects.toMatchObject({
    status: 400,
    errors: [{ code: 'GENERAL_ERROR' }],
  })
})
