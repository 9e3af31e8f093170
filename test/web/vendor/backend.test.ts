import { expect, test } from 'vitest'
import { changeSettings } from '../../../lib/actions/companies/change-settings.ts'
import { seatsioOver } from '../../support/seatsio.ts'
import { openChartScene } from './chart-scene.ts'
import { theatre } from './halls.ts'

// A company that uses the vendor's SDK on its server too: both sides meet in hold tokens and channels.

async function openCompany() {
  const scene = await openChartScene(theatre())
  return { ...scene, seatsio: seatsioOver(scene.runtime) }
}

test('a token that the server has issued holds in the page, and the server books with it', async () => {
  const { seatsio, eventKey, render, click, called, pass, clock } = await openCompany()
  const { body } = await seatsio('POST /hold-tokens', { expiresInMinutes: 10 })
  const holdToken = String(body?.['holdToken'])
  const sessions: unknown[] = []
  const chart = await render({
    session: 'manual',
    holdToken,
    onSessionInitialized: (session) => void sessions.push(session),
  })
  await click('A-1')
  expect(called.slice(1)).toEqual(['clicked A-1', 'selected A-1', 'held A-1'])
  // The deadline is that of the token.
  const expiresAt = new Date(clock.now() + 600_000).toISOString()
  expect(sessions.at(-1)).toEqual({ token: holdToken, expiresAt, expiresInSeconds: 600 })
  await pass(10_000)
  const objects = chart.selectedObjects
  const booked = await seatsio(`POST /events/${eventKey}/actions/book`, { objects, holdToken })
  expect(booked.status).toBe(204)
  await pass(3_000)
  expect(chart.selectedObjects).toEqual([])
  expect(await chart.findObject('A-1')).toMatchObject({ status: 'booked', selectable: false })
})

test('a page that opens a channel sells what is in it, and nothing else', async () => {
  const { seatsio, eventKey, render, click, lookOf, runtime } = await openCompany()
  await seatsio(`POST /events/${eventKey}/channels`, [
    { key: 'club', name: 'Club', color: 'red', index: 1, objects: ['A-1', 'A-2'] },
  ])
  await changeSettings(runtime, 'one', { publishableMayOpenChannels: true })
  const closed = await render()
  expect(await closed.findObject('A-1')).toMatchObject({ inSelectableChannel: false })
  expect([lookOf('A-1')?.state, lookOf('A-3')?.state]).toEqual(['off', 'free'])
  closed.destroy()
  const chart = await render({ session: 'continue', channels: ['club'] })
  expect([lookOf('A-1')?.state, lookOf('A-3')?.state]).toEqual(['free', 'off'])
  await click('A-1')
  await click('A-3')
  expect(chart.selectedObjects).toEqual(['A-1'])
})
