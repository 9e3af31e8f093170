import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { createEngine } from '@holdfast/dynamodb/engine'
import { inProcess } from '@holdfast/dynamodb/in-process'
import { serveDynamo } from '@holdfast/dynamodb/server'
import { createChart } from '../../lib/actions/charts/create-chart.ts'
import { publishChart } from '../../lib/actions/charts/publish-chart.ts'
import { createEvent } from '../../lib/actions/events/create-event.ts'
import { systemClock } from '../../lib/clock.ts'
import { secureIds } from '../../lib/ids.ts'
import { runtimeOver } from '../../lib/open.ts'
import { openPort } from '../../lib/store/table/port.ts'
import { createTable } from '../../local/data/create-table.ts'
import { demoContext, must, seedDemo } from '../../local/demo/seed-demo.ts'
import { draw } from '../world.ts'
import { EVENTS, eventKeyOf, HALL, TABLE } from './on-sale.ts'

// The table in a process of its own, so that its time is not the functions'. It writes where it is, and stays until it is ended.

const client = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
}

async function main(): Promise<void> {
  const engine = await createEngine()
  const inside = { ...client, requestHandler: inProcess(engine) }
  await createTable(new DynamoDBClient(inside), TABLE)
  const clock = systemClock
  const ids = secureIds(clock)
  const port = openPort({ tableName: TABLE, client: inside, clock, ids, log: console.error })
  const runtime = runtimeOver(port, { roots: { keys: 'bench', webhooks: 'bench' } })
  await seedDemo(runtime)
  const context = demoContext(runtime)
  const { chartKey } = must(await createChart(context, { name: 'Hall', drawing: draw(HALL) }))
  must(await publishChart(context, chartKey))
  for (let number = 0; number < EVENTS; number += 1) {
    must(await createEvent(context, { chartKey, eventKey: eventKeyOf(number) }))
  }
  const { url } = await serveDynamo(engine)
  process.stdout.write(`${url}\n`)
}

await main()
