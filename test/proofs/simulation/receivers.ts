import type { Post, PostResult } from '../../../lib/webhooks/post.ts'
import type { Life, World } from './processes.ts'
import type { Random } from './random.ts'
import type { Subscription } from './post-office.ts'

// Receivers of webhooks, as subscribers write them: a notice that was heard already is dropped by its id, and one that is older
// than what is known of its seat by its version. They fail, hang, answer when nobody waits any more, and are out for a while.

/** A receiver that is on file as a webhook endpoint. */
export interface Subscriber extends Subscription {
  readonly url: string
}

/** One request that a receiver was sent. */
export interface PostSeen {
  readonly life: string
  /** True time. */
  readonly at: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  answer?: PostResult
}

/** What a receiver knows of a seat. */
export interface SeatHeard {
  readonly version: number
  readonly status: string
}

export interface Receiver extends Subscriber {
  readonly posts: readonly PostSeen[]
  /** Bodies by the id in the headers: each as it came first. */
  readonly heard: ReadonlyMap<string, string>
  /** By `<event key> <label>`. */
  readonly seats: ReadonlyMap<string, SeatHeard>
  /** What no sender may do. */
  readonly complaints: readonly string[]
  /** Sends it a request from a process. */
  post(life: Life, sent: Post): Promise<PostResult>
}

/** The longest that whoever sends waits for an answer. */
const EXCHANGE_MS_MAX = 15_000

/** How often one request fails, how often an outage begins, and how long it lasts at most. */
const odds = { fails: 0.06, outage: 0.02 } as const
const OUTAGE_MS_MAX = 25_000

const moods = ['fails', 'busy', 'refuses', 'cuts', 'hangs', 'late'] as const

type Mood = (typeof moods)[number] | 'well'

/** A receiver with nothing heard. */
export function receiverOf(world: World, random: Random, subscriber: Subscriber): Receiver {
  const { scheduler } = world
  const posts: PostSeen[] = []
  const heard = new Map<string, string>()
  const seats = new Map<string, SeatHeard>()
  const complaints: string[] = []
  const moodOf = moodsOf(world, random)

  function hear({ headers, body }: Pick<PostSeen, 'headers' | 'body'>): void {
    const id = headers['webhook-id'] ?? ''
    const before = heard.get(id)
    if (before !== undefined && before !== body) {
      complaints.push(`${id} was told as ${before} and as ${body}`)
    }
    if (before !== undefined) return
    heard.set(id, body)
    const notice = JSON.parse(body) as Told
    const name = `${notice.event.eventKey} ${notice.objectLabel}`
    if ((seats.get(name)?.version ?? 0) >= notice.version) return
    seats.set(name, { version: notice.version, status: notice.status })
  }

  return {
    ...subscriber,
    posts,
    heard,
    seats,
    complaints,
    post: (life, sent) =>
      new Promise((resolve) => {
        if (life.isDead()) return
        const seen: PostSeen = { life: life.name, at: scheduler.now(), ...sent }
        posts.push(seen)
        const { hearsAfter, answersAfter, answer } = courseOf(moodOf(), random)
        if (hearsAfter !== undefined) {
          scheduler.after(hearsAfter, () => {
            hear(sent)
          })
        }
        scheduler.after(answersAfter, () => {
          if (life.isDead()) return
          seen.answer = { ...answer, latencyMs: answersAfter }
          resolve(seen.answer)
        })
      }),
  }
}

interface Told {
  readonly event: { readonly eventKey: string }
  readonly objectLabel: string
  readonly version: number
  readonly status: string
}

/** In which mood a receiver is, from one request to the next. */
function moodsOf({ scheduler, weather }: World, random: Random): () => Mood {
  let outage: { readonly mood: Mood; readonly until: number } = { mood: 'well', until: 0 }
  return () => {
    const { off, intensity } = weather()
    if (off.has('receivers') || intensity === 0) return 'well'
    if (scheduler.now() < outage.until) return outage.mood
    const draw = random.next()
    if (draw > (odds.outage + odds.fails) * intensity) return 'well'
    const mood = random.pick(moods)
    if (draw < odds.outage * intensity) {
      outage = { mood, until: scheduler.now() + random.below(OUTAGE_MS_MAX) }
    }
    return mood
  }
}

/** What becomes of a request. */
interface Course {
  /** Until it has taken effect; undefined: it has none. */
  readonly hearsAfter: number | undefined
  readonly answersAfter: number
  readonly answer: Omit<PostResult, 'latencyMs'>
}

function courseOf(mood: Mood, random: Random): Course {
  const there = 5 + random.below(200)
  const back = there + random.below(100)
  const nothing = { hearsAfter: undefined, answersAfter: back }
  const tooLate = { answersAfter: EXCHANGE_MS_MAX, answer: { failure: 'no answer in time' } }
  switch (mood) {
    case 'well':
      return { hearsAfter: there, answersAfter: back, answer: { status: 204 } }
    case 'fails':
      return { ...nothing, answer: { status: 500, failure: 'answered 500' } }
    case 'busy': {
      const retryAfterSeconds = 1 + random.below(20)
      return { ...nothing, answer: { status: 429, failure: 'answered 429', retryAfterSeconds } }
    }
    case 'refuses':
      return { ...nothing, answer: { failure: 'connection refused' } }
    case 'cuts':
      return { hearsAfter: there, answersAfter: back, answer: { failure: 'connection closed' } }
    case 'hangs':
      return { hearsAfter: undefined, ...tooLate }
    case 'late':
      return { hearsAfter: EXCHANGE_MS_MAX + random.below(30_000), ...tooLate }
  }
}
