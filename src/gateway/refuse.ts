import type { FastifyReply } from 'fastify';

/** The same for a wrong address and for one of a connection that is not known. */
export const NOT_FOUND = 'there is nothing at this address';

/** Answers a request that is not served: why, and nothing else. */
export function refuse(reply: FastifyReply, status: number, error: string): FastifyReply {
  return reply.code(status).send({ error });
}
