import { RetentionDays } from 'aws-cdk-lib/aws-logs'

/** A number of days as CDK names it; the props were checked, so it is one that exists. */
export function retentionOf(days: number): RetentionDays {
  const known = Object.values(RetentionDays).filter((it) => typeof it !== 'string')
  const found = known.find((it: number) => it === days)
  if (found === undefined) throw new Error(`Bug: logs cannot be kept for ${days} days.`)
  return found
}
