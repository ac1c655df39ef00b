// A worker for tests. The mail "kill" makes it use up its memory, as a hostile mail could do to the real worker.
process.on('message', ({ raw }: { readonly raw: Uint8Array }) => {
  if (new TextDecoder().decode(raw) === 'kill') {
    const kept: string[][] = []
    for (;;) kept.push(Array.from({ length: 10_000 }, (_, at) => `${at}`))
  }
  process.send?.({ is: 'parsed', mail: { subject: 'fine' } })
})
process.send?.({ is: 'ready' })
