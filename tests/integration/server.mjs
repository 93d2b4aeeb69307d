// A small inference server with the protocol of OpenAI around node-llama-cpp: node server.mjs MODEL.gguf
// Prints its port. One request computes at a time. GET /counts tells how many were begun and given up.
import http from "node:http";
import {createRequire} from "node:module";
import path from "node:path";
import {pathToFileURL} from "node:url";

const require = createRequire(path.join(process.cwd(), "package.json"));
const {getLlama, LlamaChatSession, GeneralChatWrapper} = await import(pathToFileURL(require.resolve("node-llama-cpp")));

const llama = await getLlama({gpu: false, build: "never", skipDownload: true, maxThreads: 1, logLevel: "error"});
const model = await llama.loadModel({modelPath: process.argv[2]});
const context = await model.createContext({contextSize: 4096, threads: 1, sequences: 1});
const counts = {begun: 0, aborted: 0};
let last = Promise.resolve();

function send(response, status, body) {
    response.writeHead(status, {"content-type": "application/json"});
    response.end(JSON.stringify(body));
}

async function compute(body, response, signal) {
    const [system, ...rest] = body.messages;
    const wanted = body.response_format;
    const grammar = wanted?.type === "json_schema"
        ? await llama.createGrammarForJsonSchema(wanted.json_schema.schema)
        : wanted?.type === "json_object" ? await llama.getGrammarFor("json") : undefined;
    const sequence = context.getSequence();
    const session = new LlamaChatSession({
        contextSequence: sequence, systemPrompt: system.content, chatWrapper: new GeneralChatWrapper()
    });
    const chunk = (delta, finish = null) => response.write("data: " + JSON.stringify({
        id: "1", object: "chat.completion.chunk", created: 1, model: "tiny", choices: [{index: 0, delta, finish_reason: finish}]
    }) + "\n\n");
    try {
        response.writeHead(200, {"content-type": "text/event-stream"});
        const before = sequence.tokenMeter.getState();
        const result = await session.promptWithMeta(rest.map((message) => message.content).join("\n"), {
            grammar, signal, stopOnAbortSignal: false, temperature: body.temperature, seed: body.seed,
            maxTokens: body.max_tokens, onTextChunk: (content) => chunk({content})
        });
        chunk({}, result.stopReason === "maxTokens" ? "length" : "stop");
        const used = sequence.tokenMeter.diff(before);
        const usage = {
            prompt_tokens: used.usedInputTokens, completion_tokens: used.usedOutputTokens,
            total_tokens: used.usedInputTokens + used.usedOutputTokens
        };
        if (body.stream_options?.include_usage)
            response.write("data: " + JSON.stringify({
                id: "1", object: "chat.completion.chunk", created: 1, model: "tiny", choices: [], usage
            }) + "\n\n");
        response.end("data: [DONE]\n\n");
    } finally {
        session.dispose({disposeSequence: true});
    }
}

async function answer(request, response) {
    let text = "";
    for await (const part of request)
        text += part;
    const body = JSON.parse(text);
    if (body.model !== "tiny")
        return send(response, 404, {error: {message: `model '${body.model}' not found`, code: "model_not_found"}});
    const given = new AbortController();
    response.on("close", () => response.writableFinished || given.abort());
    counts.begun += 1;
    const turn = last.then(() => given.signal.aborted ? undefined : compute(body, response, given.signal)).catch((error) => {
        if (given.signal.aborted)
            return;
        if (response.headersSent)
            return response.destroy();
        send(response, 400, {error: {message: String(error)}});
    }).then(() => {
        counts.aborted += given.signal.aborted;
    });
    last = turn;
    await turn;
}

http.createServer((request, response) => {
    if (request.url === "/counts")
        return send(response, 200, counts);
    if (request.method === "GET" && request.url === "/v1/models")
        return send(response, 200, {object: "list", data: [{id: "tiny", object: "model"}]});
    if (request.method === "POST" && request.url === "/v1/chat/completions")
        return answer(request, response).catch(() => response.destroy());
    return send(response, 404, {error: {message: "not found"}});
}).listen(0, "127.0.0.1", function () {
    console.log(this.address().port);
});
process.stdin.resume().on("end", () => process.exit(0));
