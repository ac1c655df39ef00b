/** The number of `--<name>=<number>` on the command line, which makes a bench shorter. */
export function numberOption(name: string, otherwise: number): number {
  const written = process.argv.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1]
  return written === undefined ? otherwise : Number(written)
}
