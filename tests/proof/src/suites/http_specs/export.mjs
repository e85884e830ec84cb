// Writes what the command needs of `@typespec/http-specs` into a folder: OpenAPI documents of its specifications, as
// `@typespec/openapi3` makes them, and the scenarios of its mock server, with their requests and answers.
//
// node export.mjs FOLDER, within the folder that has the packages in its `node_modules`.

import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { NodeHost, compile } from "@typespec/compiler";
import { getOpenAPI3 } from "@typespec/openapi3";
import { expandDyns } from "@typespec/spec-api";

const folder = resolve(process.argv[2]);
const suite = resolve(dirname(fileURLToPath(import.meta.resolve("@typespec/http-specs/package.json"))));

// A parameter of the name `constructor` has the examples that `Object.prototype` gives it, and the emitter counts them.
Object.defineProperty(Object, "length", { value: 0 });

/** The files of a name below a folder, sorted. */
function files(place, name) {
  return readdirSync(place, { recursive: true })
    .map((path) => join(place, path))
    .filter((path) => path.endsWith(`/${name}`))
    .sort();
}

/** Streams have fields of their own since OpenAPI 3.2. */
function version(name) {
  return name.startsWith("streaming/") ? "3.2.0" : "3.1.0";
}

async function documents() {
  const specifications = join(suite, "specs");
  for (const main of files(specifications, "main.tsp")) {
    const name = relative(specifications, dirname(main));
    const place = join(folder, "documents", name);
    mkdirSync(place, { recursive: true });
    const program = await compile(NodeHost, main, { noEmit: true });
    const notes = [];
    const records = await getOpenAPI3(program, { "openapi-versions": [version(name)] });
    for (const record of records) {
      const made = record.versioned ? record.versions : [record];
      for (const { version, document, diagnostics } of made) {
        notes.push(...(diagnostics ?? []));
        const file = version === undefined ? "openapi.json" : `openapi.${version}.json`;
        writeFileSync(join(place, file), JSON.stringify(document, null, 2));
      }
    }
    for (const { severity, code, message } of [...program.diagnostics, ...notes]) {
      console.log(`${name}: ${severity} ${code}: ${message}`);
    }
  }
}

/** Where the server listens, which its answers name. */
const config = { baseUrl: "http://localhost:3000" };

function body(body) {
  if (body === undefined) return undefined;
  const { contentType, parts, files, rawContent } = body;
  if (body.kind === "multipart") {
    const part = (file) => ({ ...file, buffer: Buffer.from(file.buffer).toString("base64") });
    return { contentType, parts: parts ?? {}, files: (files ?? []).map(part) };
  }
  if (Buffer.isBuffer(rawContent)) return { contentType, base64: rawContent.toString("base64") };
  const text = typeof rawContent === "string" ? rawContent : rawContent?.serialize(config);
  return { contentType, text };
}

function call({ uri, method, request = {}, response }) {
  return {
    uri,
    method,
    query: request.query ?? {},
    path: request.pathParams ?? {},
    headers: expandDyns(request.headers ?? {}, config),
    body: body(request.body),
    answer: {
      status: response.status,
      headers: expandDyns(response.headers ?? {}, config),
      body: body(response.body),
    },
  };
}

/** A form with a picture under each of the names. */
function picture(buffer, ...fields) {
  const file = { originalname: "image.png", mimetype: "image/png", buffer };
  const files = fields.map((fieldname) => ({ fieldname, ...file }));
  return { kind: "multipart", contentType: "multipart/form-data", files };
}

/** The scenarios whose server looks for pictures that its table of requests does not have, with the pictures' names. */
const names = {
  Payload_MultiPart_FormData_File_uploadFileSpecificContentType: ["file"],
  Payload_MultiPart_FormData_File_uploadFileRequiredFilename: ["file"],
  Payload_MultiPart_FormData_File_uploadFileArray: ["files", "files"],
};

async function scenarios() {
  const place = join(suite, "dist/specs");
  const { pngFile } = await import(pathToFileURL(join(suite, "dist/specs/helper.js")).href);
  const all = [];
  for (const file of files(place, "mockapi.js")) {
    const { Scenarios } = await import(pathToFileURL(file).href);
    for (const [name, { apis, passCondition }] of Object.entries(Scenarios)) {
      // Of several requests those that the server has to refuse are there to test the server.
      const good = apis.filter(({ request }) => passCondition !== "by-key" || (request?.status ?? 200) < 400);
      const calls = good.map(call);
      const field = names[name];
      if (field !== undefined) calls[0].body = body(picture(pngFile, ...field));
      all.push({ specification: relative(place, dirname(file)), name, calls });
    }
  }
  writeFileSync(join(folder, "scenarios.json"), JSON.stringify(all, null, 1));
}

await documents();
await scenarios();
