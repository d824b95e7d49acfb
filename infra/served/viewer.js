// Who asks, for the limits that count by address: the API sees CloudFront's own. What the viewer says of it is written over.
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name
function handler(event) {
  var request = event.request;
  request.headers['x-viewer-address'] = { value: event.viewer.ip };
  return request;
}
