import type { Bounds, Scene } from './support/scene.ts'
import { readScript } from '../../../local/options.ts'

const usage = `Usage: npm run explore -- [options]

  --scene NAME        Only this scene.
  --minutes N         How long in all; 60 unless given.
  --faults N          Faults in one run.
  --rounds N          Rounds in one run.
  --replay CHOICES    Tell the story of these choices; needs --scene.
  --help              Print this.
`

// The exploration in full: npm run explore -- [--scene NAME] [--minutes N] [--faults N] [--rounds N] [--replay "CHOICES"]

const values = readScript({
  usage,
  options: {
    scene: { type: 'string' },
    minutes: { type: 'string', default: '60' },
    faults: { type: 'string' },
    rounds: { type: 'string' },
    replay: { type: 'string' },
  },
})

// Read only now: whoever asks for help, or mistypes an option, need not wait for it.
const { failure, play, summary } = await import('./support/play.ts')
const { openScenes } = await import('./support/scenes.ts')
const { openStage } = await import('./support/stage.ts')
const { tell } = await import('./support/trace.ts')

const STATES_SHOWN_EVERY = 100_000

function boundsFor({ bounds }: Scene): Bounds {
  return {
    ...bounds.full,
    ...(values.faults === undefined ? {} : { faults: Number(values.faults) }),
    ...(values.rounds === undefined ? {} : { rounds: Number(values.rounds) }),
  }
}

async function replay(choices: string): Promise<void> {
  const scene = (await openScenes()).find(({ name }) => name === values.scene)
  if (scene === undefined) throw new Error('Name the scene that the choices are of')
  const story = await tell(openStage(scene, { bounds: boundsFor(scene) }), choices.split(' '))
  console.log(story.join('\n'))
}

/** Each scene gets an equal share of the time that is left. */
async function exploreAll(): Promise<void> {
  const endsAt = performance.now() + Number(values.minutes) * 60_000
  const names =
    values.scene === undefined ? (await openScenes()).map(({ name }) => name) : [values.scene]
  let passed = 0
  for (const [index, name] of names.entries()) {
    const now = performance.now()
    const until = now + (endsAt - now) / (names.length - index)
    let shown = 0
    const [played] = await play({
      scene: name,
      bounds: boundsFor,
      isOver: () => performance.now() > until,
      onLayer: (scene, so) => {
        if (so.states < shown + STATES_SHOWN_EVERY) return
        shown = so.states
        console.log(
          `${scene.name}: depth ${so.depth}, ${so.states} states, ${so.steps} steps so far`,
        )
      },
    })
    if (played === undefined) continue
    console.log(summary(played))
    if (played.explored.violation === undefined) passed += 1
    else console.log(failure(played))
  }
  const failed = names.length - passed
  console.log(`${passed} passed, ${failed} failed`)
  if (failed > 0) process.exitCode = 1
}

await (values.replay === undefined ? exploreAll() : replay(values.replay))
