// SPDX-License-Identifier: Apache-2.0
#include "mining/stratum_session.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <utility>

#include "base/hex.hpp"
#include "mining/limits.hpp"

namespace bezant::mining {

namespace {

ShareJudge::ProgramExtranonce extranonce_of(std::uint32_t number) {
    constexpr unsigned bits_per_byte = 8;
    ShareJudge::ProgramExtranonce extranonce{};
    for (Byte& byte : extranonce) {
        byte = static_cast<Byte>(number);
        number >>= bits_per_byte;
    }
    return extranonce;
}

std::string text_at(const json::array& params, std::size_t i) {
    const auto* text = i < params.size() ? params[i].if_string() : nullptr;
    return text != nullptr ? std::string{*text} : std::string{};
}

/// A number in hexadecimal digits, the highest first, at most as many as it has room for.
template <class Number>
std::optional<Number> hex_number(std::string_view digits) {
    constexpr int base = 16;
    Number number = 0;
    const char* const last = digits.data() + digits.size();
    const auto [end, fault] = std::from_chars(digits.data(), last, number, base);
    const bool is_whole = fault == std::errc{} && end == last;
    return is_whole && digits.size() <= 2 * sizeof(Number) ? std::optional{number} : std::nullopt;
}

/// The parameters behind the worker's name.
std::optional<Share> share_in(const json::array& params) {
    const auto job = hex_number<std::uint64_t>(text_at(params, 1));
    const auto rolled = from_hex(text_at(params, 2));
    const auto time = hex_number<std::uint32_t>(text_at(params, 3));
    const auto nonce = hex_number<std::uint32_t>(text_at(params, 4));
    if (!job || !rolled || rolled->size() != rolled_bytes || !time || !nonce) return std::nullopt;
    Share share{.job = *job, .rolled = {}, .time = *time, .nonce = *nonce};
    std::ranges::copy(*rolled, share.rolled.begin());
    return share;
}

/// Names are shown to people and written into the texts of other programs, so they have no letters
/// that mean something there.
bool is_worker_name(std::string_view name) {
    constexpr std::string_view forbidden = "\"\\";
    return !name.empty() && name.size() <= worker_name_bytes_max &&
           std::ranges::all_of(name, [&](char letter) {
               return letter > ' ' && letter <= '~' && !forbidden.contains(letter);
           });
}

/// Extensions are refused one by one: the rules leave the version no bits to roll.
json::object extensions(const StratumRequest& request) {
    json::object answers;
    const auto* names = request.params.empty() ? nullptr : request.params[0].if_array();
    if (names == nullptr) return answers;
    for (const json::value& name : *names) {
        if (const auto* text = name.if_string()) answers[*text] = *text == "subscribe-extranonce";
    }
    return answers;
}

}  // namespace

StratumSession::StratumSession(StratumDesk& desk, std::uint32_t number)
    : desk_(desk), extranonce_(extranonce_of(number)), judge_(desk, extranonce_) {}

StratumSession::Reply StratumSession::answer(std::string_view line) {
    const auto request = stratum_request(line);
    if (!request) {
        return {.text = stratum_refusal(nullptr, StratumError::other, "this is no call of Stratum"),
                .ends = true};
    }
    const bool was_introduced = is_introduced();
    std::string text = answer_call(*request);
    if (!was_introduced && is_introduced()) text += job(desk_.works.current(), true);
    return {.text = std::move(text)};
}

std::string StratumSession::answer_call(const StratumRequest& request) {
    if (request.method == "mining.submit") return submit(request);
    if (request.method == "mining.subscribe") return subscribe(request);
    if (request.method == "mining.authorize") return authorize(request);
    if (request.method == "mining.configure")
        return stratum_result(request.id, extensions(request));
    if (request.method == "mining.extranonce.subscribe")
        return stratum_result(request.id, json::value(true));
    if (request.method == "mining.ping") return stratum_result(request.id, json::value("pong"));
    return stratum_refusal(request.id, StratumError::other, "there is no such method");
}

std::string StratumSession::subscribe(const StratumRequest& request) {
    subscribed_ = true;
    const std::string name = to_hex(extranonce_);
    const json::array notices{json::array{"mining.set_difficulty", name},
                              json::array{"mining.notify", name}};
    return stratum_result(request.id, json::array{notices, name, rolled_bytes});
}

std::string StratumSession::authorize(const StratumRequest& request) {
    const std::string worker = text_at(request.params, 0);
    if (!is_worker_name(worker) || workers_.size() >= workers_per_client_max) {
        return stratum_refusal(request.id, StratumError::unauthorized_worker,
                               "this is no name of a worker, or there are too many");
    }
    workers_.insert(worker);
    return stratum_result(request.id, json::value(true));
}

std::string StratumSession::submit(const StratumRequest& request) {
    const std::string worker = text_at(request.params, 0);
    if (!subscribed_)
        return stratum_refusal(request.id, StratumError::not_subscribed, "not subscribed");
    const auto share = share_in(request.params);
    if (!share) return stratum_refusal(request.id, StratumError::other, "this is no share");
    if (!workers_.contains(worker)) {
        return stratum_refusal(request.id, StratumError::unauthorized_worker,
                               "this worker is not authorized");
    }
    const auto taken = judge_.judge(*share, worker);
    if (taken) return stratum_result(request.id, json::value(true));
    desk_.workers.count(worker, taken.error().outcome);
    return stratum_refusal(request.id, taken.error().error, taken.error().why);
}

}  // namespace bezant::mining
