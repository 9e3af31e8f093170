import { tellFirstFault } from '../../support/seed-worker.ts'
import { runSeed } from './run.ts'

await tellFirstFault(runSeed)
