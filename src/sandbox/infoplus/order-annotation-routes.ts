import { created, done, shown } from './answers.js';
import { parseBody } from './bodies.js';
import { orderOf, write } from './order-requests.js';
import type { OrderFile } from './orders.js';
import { refused } from './refusals.js';
import type { ApiRequest, ApiRoute } from './route.js';
import { isoTime, wholeSecond } from './times.js';

/** What is put beside an order: tags, audit lines and files, in every status. */
export const orderAnnotationRoutes: readonly ApiRoute[] = [
  {
    operation: 'order.tag',
    method: 'PUT',
    path: '/order/:orderNo/tag/:tag',
    handle: (request) => {
      const { tag = '' } = request.params;
      write(request.site, orderOf(request), (draft) => {
        if (!draft.tags.includes(tag)) draft.tags.push(tag);
      });
      return done();
    },
  },
  {
    operation: 'order.tags',
    method: 'GET',
    path: '/order/:orderNo/tag',
    handle: (request) => {
      const { tags } = orderOf(request);
      return shown(request.site.settings.tagList === 'texts' ? tags : tags.map((name) => ({ name })));
    },
  },
  {
    operation: 'order.untag',
    method: 'DELETE',
    path: '/order/:orderNo/tag/:tag',
    handle: (request) => {
      const { tag = '' } = request.params;
      const order = orderOf(request);
      if (!order.tags.includes(tag)) throw refused(404, `The Order has no tag ${tag}.`);
      write(request.site, order, (draft) => {
        draft.tags = draft.tags.filter((each) => each !== tag);
      });
      return done();
    },
  },
  {
    operation: 'order.audit',
    method: 'PUT',
    path: '/order/:orderNo/audit/:text',
    handle: (request) => {
      const { text = '' } = request.params;
      write(request.site, orderOf(request), (draft) => {
        draft.audits.push(text);
      });
      return done();
    },
  },
  {
    operation: 'order.attachFile',
    method: 'POST',
    path: '/order/:orderNo/file',
    handle: (request) => {
      const { url, fileName } = parseBody(request.body);
      if (typeof url !== 'string' || url === '') throw refused(400, 'url is missing.');
      return attach(request, typeof fileName === 'string' ? fileName : null, url);
    },
  },
  {
    operation: 'order.uploadFile',
    method: 'POST',
    path: '/order/:orderNo/file/:fileName',
    handle: (request) => attach(request, request.params.fileName ?? null, null),
  },
  {
    operation: 'order.files',
    method: 'GET',
    path: '/order/:orderNo/file',
    handle: (request) => shown(orderOf(request).files.map(fileView)),
  },
  {
    operation: 'order.deleteFile',
    method: 'DELETE',
    path: '/order/:orderNo/file/:fileId',
    handle: (request) => {
      const order = orderOf(request);
      const file = order.files.find(({ id }) => String(id) === request.params.fileId);
      if (file === undefined) throw refused(404, `The Order has no file ${request.params.fileId}.`);
      write(request.site, order, (draft) => {
        draft.files = draft.files.filter(({ id }) => id !== file.id);
      });
      return done();
    },
  },
];

/** Again and again, when it is asked for again. */
function attach(request: ApiRequest, fileName: string | null, url: string | null) {
  const { site, user } = request;
  const modifiedAt = wholeSecond(site.clock.now());
  const file: OrderFile = { id: site.fileIds.next(), fileName, url, modifiedAt, userFullName: user };
  write(site, orderOf(request), (draft) => {
    draft.files.push(file);
  });
  return created(fileView(file));
}

function fileView({ id, fileName, url, modifiedAt, userFullName }: OrderFile): object {
  return {
    ...{ id, fileName, url, userFullName },
    extension: fileName?.split('.').slice(1).at(-1) ?? null,
    modifyDate: isoTime(modifiedAt),
    ...{ roleName: null, label: null, printerTypeId: null },
  };
}
