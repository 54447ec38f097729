// A real OpenID Connect provider on this machine, as strict as ID-porten is: code flow with PKCE, clients that sign
// with their own key for this issuer and two minutes at most, levels of assurance, a national identity number in the ID
// token, pairwise subjects, session ids, and logout in the back channel. People log in by naming a person and a level.
//
//   node provider.mjs '{"client_id": …, "redirect_uris": […], "jwks": {…}, …}'
//
// Prints its issuer as one line of JSON, and ends with the process that started it.
import { createHash, webcrypto } from 'node:crypto';
import { createServer } from 'node:http';

// What Debian's Node.js lacks of what the library takes for granted.
globalThis.crypto ??= webcrypto;
URL.parse ??= (text, base) => { try { return new URL(text, base); } catch { return null; } };
console.warn = () => {}; // the library's advice to those who run it for real
console.info = () => {};
const { Provider, errors } = await import('oidc-provider');

const LEVELS = ['idporten-loa-low', 'idporten-loa-substantial', 'idporten-loa-high'];
const client = JSON.parse(process.argv[2]);

// It asks no more questions of somebody who has already said they want to log out.
const logoutSource = (ctx, form) => {
  ctx.body = `<!doctype html><html lang="nb"><title>Logg ut</title>${form.replace('</form>', `
    <input type="hidden" name="logout" value="yes"><button>Fortsett</button></form>`)}</html>`;
};

const configuration = {
  clients: [{
    response_types: ['code'],
    grant_types: ['authorization_code'],
    subject_type: 'pairwise',
    token_endpoint_auth_method: 'private_key_jwt',
    backchannel_logout_session_required: true,
    require_auth_time: true,
    ...client,
  }],
  acrValues: LEVELS,
  claims: { openid: ['sub', 'pid', 'locale'] },
  conformIdTokenClaims: false,
  clientAuthMethods: ['private_key_jwt'],
  subjectTypes: ['pairwise'],
  pairwiseIdentifier: (ctx, accountId) => createHash('sha256').update(`pairwise ${accountId}`).digest('base64url'),
  pkce: { required: () => true },
  cookies: { keys: ['only for tests'] },
  routes: { authorization: '/authorize', end_session: '/logout' },
  interactions: { url: (ctx, interaction) => `/innlogging/${interaction.uid}` },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true, logoutSource },
  },
  fetch: (url, { dispatcher, ...options }) => globalThis.fetch(url, options), // on this machine is where we are
  assertJwtClientAuthClaimsAndHeader: async (ctx, claims, header) => {
    if (claims.aud !== ctx.oidc.issuer) throw new errors.InvalidClientAuth('aud must be the issuer and nothing else');
    if (claims.exp - claims.iat > 120) throw new errors.InvalidClientAuth('exp must be within 120 seconds');
    if (!header.kid) throw new errors.InvalidClientAuth('kid is missing');
  },
  findAccount: (ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId, pid: accountId, locale: 'nb' }) }),
  loadExistingGrant: async (ctx) => {
    const { Grant } = ctx.oidc.provider;
    const { clientId } = ctx.oidc.client;
    const given = ctx.oidc.session.grantIdFor(clientId);
    if (given) return Grant.find(given);
    const grant = new Grant({ clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('openid');
    await grant.save();
    return grant;
  },
};

const body = async (request) => {
  let text = '';
  for await (const part of request) text += part;
  return Object.fromEntries(new URLSearchParams(text));
};

const logIn = async (provider, request, response) => {
  const { params, prompt } = await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="nb"><title>Logg inn</title><h1>Test-ID (${prompt.name})</h1><form method="post">
      <label>Person <input name="pid"></label>
      <label>Nivå <select name="level">${LEVELS.map((level) => `<option>${level}</option>`).reverse()}</select></label>
      <button>Logg inn</button></form></html>`);
    return;
  }
  const chosen = await body(request);
  let result = { login: { accountId: chosen.pid, acr: chosen.level, amr: ['TestID'] } };
  if (chosen.cancel) result = { error: 'access_denied', error_description: 'End-User aborted interaction' };
  else if (params.acr_values && LEVELS.indexOf(chosen.level) < LEVELS.indexOf(params.acr_values)) {
    result = { error: 'unmet_authentication_requirements' };
  }
  await provider.interactionFinished(request, response, result);
};

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://localhost:${server.address().port}`;
  const provider = new Provider(issuer, configuration);
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url.startsWith('/innlogging/')) { answer(request, response); return; }
    logIn(provider, request, response).catch((problem) => {
      response.statusCode = 400;
      response.end(String(problem));
    });
  });
  process.stdout.write(`${JSON.stringify({ issuer })}\n`);
});
process.stdin.on('end', () => process.exit(0)).resume();
