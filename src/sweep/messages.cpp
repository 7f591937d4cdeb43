// SPDX-License-Identifier: Apache-2.0
#include "sweep/messages.hpp"

#include <bit>

#include "base/check.hpp"
#include "ledger/codec.hpp"

namespace bezant::sweep {

namespace {

constexpr std::size_t text_bytes_max = 1'000'000;

void encode(Encoder& out, double value) { out.u64(std::bit_cast<std::uint64_t>(value)); }

double decode_double(Decoder& in, std::string_view field) {
    return std::bit_cast<double>(in.u64(field));
}

void encode(Encoder& out, Job job) {
    out.u32(job.cell);
    out.u32(job.number);
}

Job decode_job(Decoder& in) {
    const std::uint32_t cell = in.u32("cell");
    return {cell, in.u32("number")};
}

void encode(Encoder& out, const RunResult& result) {
    out.text(result.digest);
    out.text(result.error);
    encode(out, result.wall_seconds);
    out.raw(result.source.view());
    out.size(result.measures.size());
    for (const auto& [name, value, kind] : result.measures) {
        out.text(name);
        encode(out, value);
        out.u8(static_cast<std::uint8_t>(kind));
    }
}

RunResult decode_result(Decoder& in) {
    RunResult result;
    result.digest = in.text(text_bytes_max, "digest");
    result.error = in.text(text_bytes_max, "error");
    result.wall_seconds = decode_double(in, "wall_seconds");
    result.source = in.fixed<Hash256>("source");
    result.measures.resize(in.size("measures", 10));
    for (auto& [name, value, kind] : result.measures) {
        name = in.text(text_bytes_max, "name");
        value = decode_double(in, "value");
        kind = static_cast<report::MeasureKind>(in.u8("kind"));
    }
    return result;
}

/// Whether something follows.
bool decode_presence(Decoder& in) { return in.u8("presence") != 0; }

void check_end(Decoder& in) { CHECK(in.finish(), "a process of this sweep sent what it should"); }

}  // namespace

Bytes to_bytes(const Hello& hello) {
    Bytes bytes;
    Encoder out{bytes};
    out.raw(hello.plan_hash.view());
    out.text(hello.fault);
    out.u32(hello.workers);
    return bytes;
}

Bytes to_bytes(const WorkRequest& request) {
    Bytes bytes;
    Encoder out{bytes};
    out.u32(request.worker);
    out.u8(request.finished ? 1 : 0);
    if (request.finished) {
        encode(out, request.finished->job);
        encode(out, request.finished->result);
    }
    return bytes;
}

Bytes to_bytes(const WorkReply& reply) {
    Bytes bytes;
    Encoder out{bytes};
    out.u32(reply.worker);
    out.u8(reply.job ? 1 : 0);
    if (reply.job) encode(out, *reply.job);
    return bytes;
}

Hello hello_from(ByteView bytes) {
    Decoder in{bytes};
    Hello hello;
    hello.plan_hash = in.fixed<Hash256>("plan_hash");
    hello.fault = in.text(text_bytes_max, "fault");
    hello.workers = in.u32("workers");
    check_end(in);
    return hello;
}

WorkRequest request_from(ByteView bytes) {
    Decoder in{bytes};
    WorkRequest request{in.u32("worker"), {}};
    if (decode_presence(in)) {
        const Job job = decode_job(in);
        request.finished = FinishedJob{job, decode_result(in)};
    }
    check_end(in);
    return request;
}

WorkReply reply_from(ByteView bytes) {
    Decoder in{bytes};
    WorkReply reply{in.u32("worker"), {}};
    if (decode_presence(in)) reply.job = decode_job(in);
    check_end(in);
    return reply;
}

}  // namespace bezant::sweep
