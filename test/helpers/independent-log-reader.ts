import crypto from 'node:crypto';

type Member = {id: string; role: string; ed: string; x: string; wrap: {from: string; nonce: string; key: string}};
type Place = {format: 1; vault: string; seq: number; epoch: number; by: string; head: string; roster: number};
type Header = Place & {prev: string; kind: string; before: string; check: string; members: Member[]};
type Credential = {id: string; name: string; provider: string; data: [string, string][]};
type Change = {records: Credential[]; gone: string[]; journals: [string, string][]; ended: string[]};

const [p, order8] = [2n ** 255n - 19n, 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n];
const isId = (id: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
const bytesOf = (base64: string) => Buffer.from(base64, 'base64');
const sha = (...parts: Buffer[]) => crypto.createHash('sha256').update(Buffer.concat(parts)).digest('hex');
const hkdf = (secret: Buffer, info: string) => Buffer.from(crypto.hkdfSync('sha256', secret, '', info, 32));
const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
const canonical = (value: unknown) => JSON.stringify(value).replace(/[\u007F-\uFFFF]/g, escaped);
const numberOf = (key: string) => BigInt(`0x${bytesOf(key).reverse().toString('hex')}`);
const withSize = (sum: number, each: unknown) => sum + 256 + Buffer.byteLength(JSON.stringify(each));
const keyIn = (folder: string, seq: number) => `${folder}/${String(seq).padStart(12, '0')}`;
const valuesOf = (record?: Credential) => record && JSON.stringify([record.provider, [...record.data].sort()]);
const publicKey = (crv: string, x: string) => crypto.createPublicKey({key: {kty: 'OKP', crv, x}, format: 'jwk'});

function assertThat(holds: unknown): asserts holds {
	if (!holds) throw new Error('it counts for nobody');
}

function open(key: Buffer, sealed: Buffer, bound: string): Buffer {
	const cipher = crypto.createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
	cipher.setAAD(Buffer.from(bound)).setAuthTag(sealed.subarray(-16));
	return Buffer.concat([cipher.update(sealed.subarray(12, -16)), cipher.final()]);
}

function epochKey({vault, epoch, check, members}: Header, seed: Buffer): Buffer {
	const head = Buffer.from('302e020100300506032b656e04220420', 'hex');
	const der = Buffer.concat([head, hkdf(seed, 'pharmer member wrapping')]);
	const privateKey = crypto.createPrivateKey({key: der, format: 'der', type: 'pkcs8'});
	const {x} = crypto.createPublicKey(privateKey).export({format: 'jwk'});
	const own = members.find(each => bytesOf(each.x).toString('base64url') === x);
	assertThat(own);
	const {from, nonce, key} = own.wrap;
	const bound = canonical({purpose: 'pharmer epoch key', v: 1, vault, epoch, member: own.id, from, to: own.x});
	const shared = crypto.diffieHellman({privateKey, publicKey: publicKey('X25519', from)});
	const unwrapped = open(hkdf(shared, bound), bytesOf(nonce + key), bound);
	assertThat(hkdf(unwrapped, 'pharmer epoch check').toString('hex') === check);
	return unwrapped;
}

/** Reads a log as docs/team-format.md says, from its first slot on, with nothing of the program. */
export function readTeamLog(objects: ReadonlyMap<string, Buffer>, vault: string, seed: Buffer) {
	let [seq, hash, prev, last] = [0, '0'.repeat(64), '', undefined as (Header & {hash: string}) | undefined];
	let [records, journals, names] = [new Map<string, Credential>(), new Map<string, string>(), [] as [string, string][]];
	const [since, keys] = [new Map<string, number>(), new Map<number, Buffer>()];
	const [rosters, skipped, snapshots] = [[] as string[], [] as number[], [] as number[]];
	function opened(bytes: Buffer, members: string) {
		const {h, data, sig}: {h: Header; data: string; sig: string} = JSON.parse(bytes.toString('latin1'));
		const [sealed, signature, isRoster] = [bytesOf(data), bytesOf(sig), h.kind === 'roster'];
		assertThat(Object.keys(h).join() === (isRoster ? `${members},before,check,members` : members) && h.format === 1);
		const spelled = canonical({h, data: sealed.toString('base64'), sig: signature.toString('base64')});
		assertThat(spelled === bytes.toString('latin1') && h.vault === vault && h.seq === seq);
		const author = (last ?? h).members.find(({id}) => id === h.by);
		const signed = Buffer.from(canonical({h, data}));
		assertThat(author && crypto.verify(null, signed, publicKey('Ed25519', author.ed), signature));
		assertThat(author.role === 'admin' || (author.role === 'writer' && !isRoster));
		const key = isRoster ? epochKey(h, seed) : keys.get(h.epoch);
		assertThat(key);
		return {h, key, text: open(key, sealed, canonical(h)).toString('utf8').replace(/ *$/, '')};
	}
	function assertRoster({before, epoch, check, members}: Header): void {
		assertThat(before === (last?.hash ?? '0'.repeat(64)) && new Set(members.map(({id}) => id)).size === members.length);
		for (const {id, ed, x} of members) {
			const y = numberOf(ed) % 2n ** 255n;
			assertThat(id === sha(Buffer.from(`pharmer member ${ed} ${x}`)).slice(0, 32) && numberOf(x) < p && y < p);
			assertThat(![0n, 1n, p - 1n, order8, p - order8].includes(y));
		}
		assertThat(members.every(each => Object.keys(each).join() === 'id,role,ed,x,wrap'));
		const isOut = last?.members.some(({id}) => !members.some(each => each.id === id)) ?? true;
		assertThat(epoch === (last?.epoch ?? 0) + 1 || (!isOut && epoch === last?.epoch));
		assertThat((check === last?.check) === (epoch === last?.epoch) && members.some(({role}) => role === 'admin'));
	}
	function take(bytes: Buffer): void {
		const {h, key, text} = opened(bytes, 'format,vault,seq,prev,kind,epoch,by,id');
		assertThat(h.prev === prev && bytes.length <= 2 ** 20);
		if (h.kind === 'roster') {
			assertRoster(h);
			[last, names] = [{...h, hash}, JSON.parse(text).names];
			rosters.push(bytes.toString('latin1'));
			keys.set(h.epoch, key);
			return;
		}
		const change: Change = JSON.parse(text);
		assertThat(h.kind === 'change' && h.epoch === last?.epoch && JSON.stringify(change) === text);
		assertThat(Object.keys(change).join() === 'at,what,records,gone,journals,ended');
		const [ids, all] = [[...change.records.map(({id}) => id), ...change.gone], new Map(records)];
		assertThat(new Set(ids).size === ids.length && change.gone.every(id => all.delete(id)) && change.ended.every(isId));
		for (const record of change.records) all.set(record.id, record);
		assertThat(new Set([...all.values()].map(({name}) => name.toLowerCase())).size === all.size);
		const lines = new Map([...journals, ...change.journals].filter(([id]) => !change.ended.includes(id)));
		assertThat([...all.values(), ...lines].reduce(withSize, 0) <= 24 * 2 ** 20 && [...lines.keys()].every(isId));
		for (const {id} of change.records) if (valuesOf(records.get(id)) !== valuesOf(all.get(id))) since.set(id, seq);
		[records, journals] = [all, lines];
	}
	function isSame(made: Buffer): boolean {
		const {h, text} = opened(made, 'format,vault,seq,head,epoch,roster,by');
		const ids = [...records.keys()].sort();
		const [list, slots] = [ids.map(id => records.get(id)), ids.map(id => since.get(id))];
		const own = JSON.stringify({prev, rosters, records: list, since: slots, journals: [...journals].sort()});
		return h.head === hash && h.epoch === last?.epoch && h.roster === last.seq && text === own;
	}
	while (objects.has(keyIn(`${vault}/log`, seq + 1))) {
		const bytes = objects.get(keyIn(`${vault}/log`, seq + 1)) ?? Buffer.of();
		[seq, prev, hash] = [seq + 1, hash, sha(Buffer.from(hash), bytes)];
		try {
			take(bytes);
		} catch {
			skipped.push(seq);
		}
		for (const [key, made] of objects)
			if (key === `${keyIn(`${vault}/snap`, seq)}-${sha(made).slice(0, 16)}` && isSame(made)) snapshots.push(seq);
	}
	return {seq, hash, names, records: [...records.values()], journals, skipped, snapshots, epoch: last?.epoch};
}
