import { explore, type Explored } from './explore.ts'
import type { Bounds, Scene } from './scene.ts'
import { openScenes } from './scenes.ts'
import { openStage } from './stage.ts'
import { tell } from './trace.ts'

/** What to explore, and how far. */
export interface Play {
  /** A scene's name; all scenes without it. */
  readonly scene?: string | undefined
  readonly bounds: (scene: Scene) => Bounds
  /** Asked from time to time whether it is time to stop. */
  readonly isOver?: () => boolean
  readonly onLayer?: (scene: Scene, so: Explored) => void
}

/** One scene, as it was explored. */
export interface Played {
  readonly scene: Scene
  readonly bounds: Bounds
  readonly explored: Explored
  readonly seconds: number
  /** What went wrong, told step by step. */
  readonly story: readonly string[]
}

/** Explores scenes one after the other. */
export async function play({ scene: name, bounds: boundsFor, ...limits }: Play): Promise<Played[]> {
  const scenes = (await openScenes()).filter((scene) => name === undefined || scene.name === name)
  if (scenes.length === 0) throw new Error(`There is no scene ${name ?? ''}`)
  const played: Played[] = []
  for (const scene of scenes) {
    const bounds = boundsFor(scene)
    const stage = openStage(scene, { bounds })
    const start = performance.now()
    const explored = await explore(stage, {
      ...limits,
      ...(bounds.statesMax === undefined ? {} : { statesMax: bounds.statesMax }),
      onLayer: (so) => limits.onLayer?.(scene, so),
    })
    const seconds = (performance.now() - start) / 1000
    const { violation } = explored
    const story =
      violation === undefined ? [] : await tell(openStage(scene, { bounds }), violation.choices)
    played.push({ scene, bounds, explored, seconds, story })
  }
  return played
}

/** One line on a scene. */
export function summary({ scene, bounds, explored, seconds }: Played): string {
  const { states, steps, paths, faults, recoveries, depth, isComplete } = explored
  const { kinds, faults: most, rounds, recoveries: restarts, jobs } = bounds
  const extent = `≤${most} faults (${kinds.join(', ')}), ${rounds} rounds, ${restarts} recoveries, ${jobs} jobs`
  const rate = seconds === 0 ? '' : ` in ${seconds.toFixed(1)} s`
  return [
    `${scene.name.padEnd(10)} ${states} states, ${steps} steps, ${shortNumber(paths)} paths, ${faults} faults,`,
    `${recoveries} crashes of all, depth ${depth}, ${isComplete ? 'complete' : 'stopped early'}${rate}; ${extent}`,
  ].join(' ')
}

function shortNumber(number: number): string {
  return number < 1e7 ? String(number) : number.toExponential(1)
}

/** What went wrong in a scene, and how to see it again. */
export function failure({ scene, bounds, explored: { violation }, story }: Played): string {
  const choices = violation?.choices.join(' ') ?? ''
  const again = `npm run explore -- --scene ${scene.name} --faults ${bounds.faults} --rounds ${bounds.rounds} --replay "${choices}"`
  return [`${scene.name}: ${violation?.message ?? ''}`, ...story, `Again: ${again}`].join('\n')
}
