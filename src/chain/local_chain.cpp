// SPDX-License-Identifier: Apache-2.0
#include "chain/local_chain.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "chain/parent_faults.hpp"

namespace bezant {

LocalChain::LocalChain(Archive& archive, const ForkChoice& choice)
    : archive_(archive), choice_(choice) {
    headers_.insert(genesis_index.value);
    bodies_.insert(genesis_index.value);
    connected_.insert(genesis_index.value);
    contenders_.push_back(genesis_index);
}

std::uint32_t LocalChain::confirmations(BlockIndex block) const {
    return is_on_best_chain(block) ? height().value - node(block).height.value + 1 : 0;
}

Result<bool, Rejection> LocalChain::accept_header(BlockIndex block, Time now) {
    if (auto found = fault(block)) return unexpected{std::move(*found)};
    if (has_header(block)) return false;
    const BlockIndex parent = node(block).parent;
    if (!has_header(parent)) return unexpected{unknown_parent(node(block).header)};
    if (const Rejection* broken = archive_.header_fault(block)) return unexpected{*broken};
    if (const Invalid* invalid = find_invalid(parent)) {
        headers_.insert(block.value);
        remember_invalid(block, invalid->culprit);
        return unexpected{*fault(block)};
    }
    if (auto timely = check_header_clock(node(block).header, now, archive_.parameters()); !timely)
        return unexpected{std::move(timely).error()};
    remember_header(block);
    return true;
}

// Remembered so that what comes on top of it is known for what it is. Its header shows its work, so
// nobody can fill the list for free.
void LocalChain::remember_invalid(BlockIndex block, BlockIndex culprit) {
    const auto place = std::ranges::lower_bound(invalid_, block, {}, &Invalid::block);
    invalid_.insert(place, {.block = block, .culprit = culprit});
}

void LocalChain::remember_header(BlockIndex block) {
    headers_.insert(block.value);
    contenders_.push_back(block);
    if (contenders_.size() > contenders_until_pruning_) forget_contenders();
    if (node(block).work > node(best_header_).work) best_header_ = block;
}

// Called when the list has doubled, so that the cost a header is constant even while a million
// headers are far ahead of the bodies.
void LocalChain::forget_contenders() {
    constexpr std::size_t few = 16;
    std::erase_if(contenders_,
                  [this](BlockIndex block) { return node(block).work < node(tip_).work; });
    contenders_until_pruning_ = std::max(few, 2 * contenders_.size());
}

void LocalChain::choose_best_header() {
    std::erase_if(contenders_, [this](BlockIndex block) { return find_invalid(block) != nullptr; });
    CHECK(!contenders_.empty(), "the tip is valid, and no header with as much work is forgotten");
    best_header_ = *std::ranges::max_element(
        contenders_, {}, [this](BlockIndex block) -> const Uint256& { return node(block).work; });
}

const LocalChain::Invalid* LocalChain::find_invalid(BlockIndex block) const {
    const auto found = std::ranges::lower_bound(invalid_, block, {}, &Invalid::block);
    return found != invalid_.end() && found->block == block ? &*found : nullptr;
}

std::optional<Rejection> LocalChain::fault(BlockIndex block) const {
    const Invalid* invalid = find_invalid(block);
    if (invalid == nullptr) return std::nullopt;
    if (invalid->culprit == block) return *archive_.block_fault(block);
    return invalid_parent(node(invalid->culprit).hash);
}

// Everything known on top of the block falls with it. What comes later is refused for its parent.
void LocalChain::refuse(BlockIndex block) {
    std::vector<BlockIndex> fallen{block};
    for (std::size_t i = 0; i < fallen.size(); ++i) {
        invalid_.push_back({.block = fallen[i], .culprit = block});
        for (BlockIndex child = node(fallen[i]).first_child; child != no_block;
             child = node(child).next_sibling)
            if (has_header(child)) fallen.push_back(child);
    }
    std::ranges::sort(invalid_, {}, &Invalid::block);
    if (find_invalid(best_header_) != nullptr) choose_best_header();
}

Result<TipChange, Rejection> LocalChain::accept_body(BlockIndex block) {
    CHECK(has_header(block), "a header is taken in before its body");
    CHECK(archive_.has_body(block), "a body that arrived is in the archive");
    const bool is_new = bodies_.insert(block.value);
    if (auto found = fault(block)) return unexpected{std::move(*found)};
    TipChange change;
    change.from = change.to = tip_;
    if (!is_new) return change;
    const bool must_wait = !is_connected(node(block).parent);
    waiting_.push_back({.block = block, .bytes = must_wait ? archive_.body_bytes(block) : 0});
    waiting_bytes_ += waiting_.back().bytes;
    if (must_wait) return change;

    connect_waiting_from(block, change);
    settle_waiting();
    if (auto found = fault(block)) return unexpected{std::move(*found)};
    fill_branches(change);
    return change;
}

void LocalChain::connect_waiting_from(BlockIndex block, TipChange& change) {
    std::vector<BlockIndex> ready{block};
    while (!ready.empty()) {
        const BlockIndex next = ready.back();
        ready.pop_back();
        if (archive_.block_fault(next) != nullptr) {
            refuse(next);
            change.refused.push_back(next);
            continue;
        }
        connected_.insert(next.value);
        change.left_stale.push_back(next);
        for (BlockIndex child = node(next).first_child; child != no_block;
             child = node(child).next_sibling)
            if (has_body(child)) ready.push_back(child);
    }
}

// In the order in which the bodies came, so that the first seen stays at equal work.
void LocalChain::settle_waiting() {
    for (const auto& [block, bytes] : waiting_) {
        if (is_connected(block) && choice_.prefers(archive_.blocks(), block, tip_)) tip_ = block;
    }
    std::erase_if(waiting_, [this](const Waiting& waiting) {
        return is_connected(waiting.block) || find_invalid(waiting.block) != nullptr;
    });
    waiting_bytes_ = 0;
    for (const Waiting& waiting : waiting_) waiting_bytes_ += waiting.bytes;
}

void LocalChain::fill_branches(TipChange& change) const {
    change.to = tip_;
    const BlockIndex fork = archive_.blocks().fork_point(change.from, change.to);
    for (BlockIndex block = change.from; block != fork; block = node(block).parent)
        change.disconnected.push_back(block);
    for (BlockIndex block = change.to; block != fork; block = node(block).parent)
        change.connected.push_back(block);
    std::ranges::reverse(change.connected);
    std::erase_if(change.left_stale, [this](BlockIndex block) { return is_on_best_chain(block); });
}

// Along the way to the best header, connected blocks come first. Steps back from the header double
// until one of them is met, for nearly always it is the parent; then the gap is halved.
Height LocalChain::first_unconnected_height() const {
    const BlockTree& blocks = archive_.blocks();
    const auto connected_at = [&](std::uint32_t at) {
        return is_connected(blocks.ancestor(best_header_, Height{at}));
    };
    std::uint32_t unconnected = node(best_header_).height.value;
    std::uint32_t step = 1;
    while (step < unconnected && !connected_at(unconnected - step)) {
        unconnected -= step;
        step *= 2;
    }
    std::uint32_t connected = unconnected - std::min(step, unconnected);
    while (unconnected - connected > 1) {
        const std::uint32_t middle = connected + (unconnected - connected) / 2;
        (connected_at(middle) ? connected : unconnected) = middle;
    }
    return Height{unconnected};
}

std::vector<BlockIndex> LocalChain::missing_bodies(
    std::size_t count_max, const std::function<bool(BlockIndex)>& skip) const {
    constexpr std::uint32_t blocks_at_a_time = 64;
    std::vector<BlockIndex> missing;
    if (is_connected(best_header_)) return missing;
    const std::uint32_t top = node(best_header_).height.value;
    std::uint32_t bottom = first_unconnected_height().value;
    while (bottom <= top && missing.size() < count_max) {
        const std::uint32_t last = std::min(top, bottom + blocks_at_a_time - 1);
        const auto begin = static_cast<std::ptrdiff_t>(missing.size());
        BlockIndex block = archive_.blocks().ancestor(best_header_, Height{last});
        for (std::uint32_t height = last + 1; height > bottom; --height) {
            if (!has_body(block) && !(skip && skip(block))) missing.push_back(block);
            block = node(block).parent;
        }
        std::reverse(missing.begin() + begin, missing.end());
        bottom = last + 1;
    }
    if (missing.size() > count_max) missing.resize(count_max);
    return missing;
}

std::size_t LocalChain::memory_bytes() const {
    return sizeof(*this) - 3 * sizeof(IndexSet) + headers_.memory_bytes() + bodies_.memory_bytes() +
           connected_.memory_bytes() + waiting_.capacity() * sizeof(Waiting) +
           invalid_.capacity() * sizeof(Invalid) + contenders_.capacity() * sizeof(BlockIndex);
}

}  // namespace bezant
