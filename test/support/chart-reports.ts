import { expect } from 'vitest'
import { openSeatsioScene, type Info } from './seatsio-scene.ts'

/** Objects by group. */
export type Groups = Readonly<Record<string, readonly Info[]>>

/** Opens a scene on a drawing, whose chart `hall` is reported on. */
export async function openChartReports(drawing: object) {
  const scene = await openSeatsioScene(drawing)
  const report = async (path: string) => {
    const { status, body } = await scene.api(`GET /reports/charts/hall/${path}`)
    expect([path, status]).toEqual([path, 200])
    return body ?? {}
  }
  const labels = async (path: string) =>
    Object.fromEntries(
      Object.entries((await report(path)) as Groups).map(([group, infos]) => {
        return [group, infos.map(({ label }) => label)]
      }),
    )
  return { ...scene, report, labels }
}
