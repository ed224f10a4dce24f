// Loaded with --import: appends the name of every module that is loaded to the file TRACE_MODULES names.
import {register} from 'node:module';

const hooks = `
import {appendFileSync} from 'node:fs';
export async function load(url, context, next) {
	appendFileSync(${JSON.stringify(process.env.TRACE_MODULES)}, url + '\\n');
	return next(url, context);
}`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);
