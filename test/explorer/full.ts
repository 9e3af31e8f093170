import { explore } from './support/explore.ts'
import { openScenes } from './support/scenes.ts'
import { openStage } from './support/stage.ts'

const wanted = process.argv[2]
for (const scene of await openScenes()) {
  if (wanted !== undefined && scene.name !== wanted) continue
  const bounds = {
    ...scene.bounds.test,
    ...(process.argv[3] ? { faults: Number(process.argv[3]) } : {}),
  }
  const t = performance.now()
  const stage = openStage(scene, { bounds })
  const done = await explore(stage, { isOver: () => performance.now() - t > 60_000 })
  console.log(
    scene.name,
    done,
    ((performance.now() - t) / 1000).toFixed(1),
    's',
    'locals',
    scene.roles.map((_, i) => stage.machineOf(i).size()),
  )
  console.log(done.violation?.message)
}
