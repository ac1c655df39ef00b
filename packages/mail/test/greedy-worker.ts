// A stand-in for the parser: the mail "kill" does to it what a hostile mail may do to the real one.
process.on('message', ({ raw }: { readonly raw: Uint8Array }) => {
  if (new TextDecoder().decode(raw) === 'kill') {
    const kept: string[][] = []
    for (;;) kept.push(Array.from({ length: 10_000 }, (_, at) => `${at}`))
  }
  process.send?.({ is: 'parsed', mail: { subject: 'fine' } })
})
process.send?.({ is: 'ready' })
