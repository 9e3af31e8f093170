// Lines of the log are gathered for a moment, and written together: each write is a call of the system, which costs as much as
// much of what a line tells of.

/** Milliseconds for which a line may wait for others. */
const GATHERED_MS = 20

/** Writes lines of JSON; whatever still waits is written when the process exits. */
export function openLog(write: (text: string) => void): (line: object) => void {
  let waiting = ''
  const flush = () => {
    const text = waiting
    waiting = ''
    if (text !== '') write(text)
  }
  process.on('exit', flush)
  return (line) => {
    if (waiting === '') setTimeout(flush, GATHERED_MS).unref()
    waiting += `${JSON.stringify(line)}\n`
  }
}
