const secretHeader = 'x-hook-secret';

/** Sends the secret of a hook to its address; true when it comes back with status 200 before the signal. */
export async function shakeHands(url: string, secret: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { [secretHeader]: secret },
      redirect: 'manual',
      signal,
    });
    await response.arrayBuffer();
    return response.status === 200 && response.headers.get(secretHeader) === secret;
  } catch {
    return false;
  }
}
