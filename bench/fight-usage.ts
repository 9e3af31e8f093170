/** How the fight is called. */
export const usage = `Usage: npm run fight -- [options]

  --url URL      A running product; without it, one is started.
  --seconds N    How long buyers fight.
  --buyers N     How many there are.
  --seats N      How many seats they fight over.
  --seed N       What decides what buyers do.
  --help         Print this.
`
