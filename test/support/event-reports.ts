import { expect } from 'vitest'
import { openSeatsioScene, type Info } from './seatsio-scene.ts'

/** Counts of a group: `count`, and maps. */
export type Counted = Readonly<Record<string, unknown>> & { readonly count: number }

/** Objects by group. */
export type Listed = Readonly<Record<string, readonly Info[]>>

/** Opens a scene on a drawing, whose event `gala` is reported on. */
export async function openEventReports(drawing: object) {
  const scene = await openSeatsioScene(drawing)
  const report = async (path: string, event = 'gala'): Promise<unknown> => {
    const { status, body } = await scene.api(`GET /reports/events/${event}${path}`)
    expect([path, status]).toEqual([path, 200])
    return body
  }
  return {
    ...scene,
    report,
    summary: async (by: string, event?: string) =>
      (await report(`/${by}/summary`, event)) as Readonly<Record<string, Counted>>,
    deep: async (by: string, event?: string) =>
      (await report(`/${by}/summary/deep`, event)) as Readonly<Record<string, Counted>>,
    /** Labels by group. */
    labels: async (path: string) => {
      const groups = Object.entries((await report(`/${path}`)) as Listed)
      return Object.fromEntries(groups.map(([key, infos]) => [key, infos.map((it) => it['label'])]))
    },
    counts: async (by: string) => {
      const groups = Object.entries((await report(`/${by}/summary`)) as Record<string, Counted>)
      return Object.fromEntries(groups.map(([key, { count }]) => [key, count]))
    },
  }
}
