// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <ranges>
#include <vector>

#include "base/time.hpp"

namespace bezant {

/// How far one question to a neighbour has got.
enum class RequestStage : std::uint8_t {
    asked,
    given_up,  ///< took too long: others are asked, and this answer is still welcome
    probed,    ///< a ping was sent after it: when the pong is there, the answer should have been
};

/// What one neighbour was asked for and has not sent, oldest first. Neighbours answer questions in
/// the order in which they were asked, so that nearly every answer is found at the front, and a
/// slow link is told from a neighbour who answers nothing: time counts from the last answer in
/// order. `Index` names what was asked for.
template <class Index>
class OpenRequests {
public:
    void add(Index what, Time now) {
        if (requests_.empty()) waiting_since_ = now;
        requests_.push_back({what, RequestStage::asked});
    }

    /// Forgets the request, as it is answered; false if it was never made.
    bool close(Index what, Time now) {
        const auto found = std::ranges::find(requests_, what, &Request::what);
        if (found == requests_.end()) return false;
        if (found == requests_.begin()) waiting_since_ = now;
        requests_.erase(found);
        return true;
    }

    [[nodiscard]] bool contains(Index what) const {
        return std::ranges::find(requests_, what, &Request::what) != requests_.end();
    }
    [[nodiscard]] bool empty() const { return requests_.empty(); }
    [[nodiscard]] std::size_t size() const { return requests_.size(); }
    /// Something was given up and has not come since.
    [[nodiscard]] bool stalled() const {
        return !requests_.empty() && requests_.front().stage != RequestStage::asked;
    }
    /// Something is asked for that was not given up. What was given up is older.
    [[nodiscard]] bool is_asking() const {
        return !requests_.empty() && requests_.back().stage == RequestStage::asked;
    }
    /// Something was given up that no ping was sent after.
    [[nodiscard]] bool has_given_up() const {
        return std::ranges::find(requests_, RequestStage::given_up, &Request::stage) !=
               requests_.end();
    }
    /// Since when the oldest one keeps us waiting; meaningless if all are answered.
    [[nodiscard]] Time waiting_since() const { return waiting_since_; }

    /// Gives up all that is asked for: those that were not given up before, oldest first.
    std::vector<Index> give_up() {
        std::vector<Index> given_up;
        for (Request& request : requests_) {
            if (request.stage != RequestStage::asked) continue;
            request.stage = RequestStage::given_up;
            given_up.push_back(request.what);
        }
        return given_up;
    }

    /// A ping is sent now.
    void probe() {
        for (Request& request : requests_) {
            if (request.stage == RequestStage::given_up) request.stage = RequestStage::probed;
        }
    }

    /// The pong came: forgets what should have come before it; how many things that were.
    std::size_t close_probed(Time now) {
        const std::size_t closed = std::erase_if(requests_, [](const Request& request) {
            return request.stage == RequestStage::probed;
        });
        if (closed != 0) waiting_since_ = now;
        return closed;
    }

    /// All that is asked for and not given up, oldest first.
    [[nodiscard]] std::vector<Index> asked() const {
        std::vector<Index> open;
        for (const Request& request : requests_) {
            if (request.stage == RequestStage::asked) open.push_back(request.what);
        }
        return open;
    }

    /// All that was asked for and has not come, oldest first.
    [[nodiscard]] auto all() const { return requests_ | std::views::transform(&Request::what); }

    [[nodiscard]] std::size_t memory_bytes() const {
        return requests_.capacity() * sizeof(Request);
    }

private:
    struct Request {
        Index what;
        RequestStage stage;
    };

    std::vector<Request> requests_;
    Time waiting_since_;
};

}  // namespace bezant
