import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { buildWithoutCode, resourcesOf, synthesise } from '../support/infra/synth.ts'

const build = await buildWithoutCode()
const topic = 'arn:aws:sns:eu-central-1:123456789012:alarms'
const { observability, holdfast } = synthesise({ build, stage: 'test', alarmTopicArn: topic })
const alarms = Object.values(resourcesOf(observability, 'AWS::CloudWatch::Alarm')).map(
  ({ Properties }) => Properties,
)
const runbook = await readFile(new URL('../../docs/runbook.md', import.meta.url), 'utf8')
const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)

const names = alarms.map(({ AlarmName }) => String(AlarmName).replace('holdfast-test-', ''))

test('every alarm has a heading of its own in the runbook, and every heading is of an alarm', () => {
  expect(names.sort()).toEqual(headings.sort())
})

test('every alarm says what is wrong, links to its heading, and tells the topic when it rings and when it is over', () => {
  for (const { AlarmName, AlarmDescription, AlarmActions, OKActions } of alarms) {
    const name = String(AlarmName).replace('holdfast-test-', '')
    expect(AlarmDescription).toMatch(new RegExp(`\\. What to do: docs/runbook\\.md#${name}$`))
    expect([AlarmActions, OKActions]).toEqual([[topic], [topic]])
  }
})

test('every section says what it means, how to look and what to do', () => {
  for (const section of runbook.split(/^## /m).slice(1)) {
    for (const part of ['**Means.**', '**Look.**', '**Do.**']) expect(section).toContain(part)
  }
})

test('an alarm is silent where there is nothing to measure', () => {
  for (const { TreatMissingData } of alarms) expect(TreatMissingData).toBe('notBreaching')
})

test('every queue that messages end in, every reader of the stream and every worker is watched', () => {
  expect(names).toEqual(
    expect.arrayContaining([
      'timers-given-up',
      'deliveries-given-up',
      'records-unreadable',
      'stream-lag-relay-changes',
      'stream-lag-watch-table',
      ...[...holdfast.workers.functions.keys()].map((name) => `worker-errors-${name}`),
    ]),
  )
})
