// SPDX-License-Identifier: Apache-2.0
#include "net/node_log.hpp"

#include <spdlog/logger.h>

#include "base/hex.hpp"

namespace bezant::net {

namespace {

std::string key_text(const PublicKey& key) { return to_hex(key.view()); }

}  // namespace

void NodeLog::noticed(const Notice& notice, Time) {
    std::visit([this](const auto& kind) { write(kind); }, notice);
}

void NodeLog::started(const NodeAbout& about, Height height) const {
    spdlog::logger& log = log_.of(LogCategory::node);
    log.info("bezant {} on network {}, {} blocks in {}", about.version, archive_.parameters().name,
             height.value, about.data_folder);
    log.info("this node's key is {}", key_text(about.identity));
    for (const NetworkAddress& address : about.listens_at)
        log.info("listening at {}", to_text(address));
}

void NodeLog::stopped() const { log_.of(LogCategory::node).info("stopped"); }

void NodeLog::records(const Recorder& recorder) const {
    log_.of(LogCategory::node)
        .info("records what enters this node in {}: for nobody but those whom you trust",
              recorder.file().string());
}

void NodeLog::indexed(Height height) const {
    log_.of(LogCategory::chain)
        .info("all transactions and addresses up to height {} are in the index", height.value);
}

void NodeLog::recorded(const Recorder& recorder) const {
    log_.of(LogCategory::node)
        .info("recorded {} events in {}, digest {}", recorder.events(), recorder.file().string(),
              to_hex(recorder.mix().view()));
}

void NodeLog::peer_connected(const PeerReport& peer) {
    log_.of(LogCategory::network)
        .info("peer {} connected: {} {}, key {}", peer.id.value, peer.outbound ? "to" : "from",
              to_text(peer.address), key_text(peer.identity));
}

void NodeLog::closed(const PeerReport& peer, std::string_view why) const {
    log_.of(LogCategory::network).info("peer {} is gone: {}", peer.id.value, why);
}

void NodeLog::refused(const NetworkAddress& address, std::string_view why) const {
    log_.of(LogCategory::network).debug("no connection with {}: {}", to_text(address), why);
}

void NodeLog::banned(const PeerReport& peer, Misconduct why) const {
    log_.of(LogCategory::network)
        .warn("banned the host of {}: {}", to_text(peer.address), to_text(why));
}

void NodeLog::warn(const WalletNotice& notice) const {
    log_.of(LogCategory::wallet)
        .warn("{}", bezant::net::to_text(notice, archive_.parameters().address_prefix));
}

void NodeLog::write(const TipMoved& notice) const {
    spdlog::logger& log = log_.of(LogCategory::chain);
    const TipChange& change = notice.change;
    if (!change.disconnected.empty()) {
        log.warn("reorganisation: {} blocks undone, {} connected", change.disconnected.size(),
                 change.connected.size());
    }
    log.info("tip {} at height {}, {} payments confirmed", name_of_block(change.to),
             archive_.blocks()[change.to].height.value, notice.pool.confirmed.size());
}

void NodeLog::write(const BlockMined& notice) const {
    log_.of(LogCategory::mining).info("mined block {}", name_of_block(notice.block));
}

void NodeLog::write(const BlockRefused& notice) const {
    log_.of(LogCategory::chain)
        .warn("block {} refused: {}", name_of_block(notice.block), to_text(notice.rejection));
}

void NodeLog::write(const SubmissionRefused& notice) const {
    log_.of(LogCategory::mining)
        .warn("block {}, handed in, is not taken: {}", to_hex_reversed(notice.block.view()),
              notice.rejection != nullptr ? to_text(*notice.rejection) : "it is here already");
}

void NodeLog::write(const BlockLeftStale& notice) const {
    log_.of(LogCategory::chain)
        .info("block {} is a rival of the tip, with no more work", name_of_block(notice.block));
}

// Payments come by the thousand: their names are written out only for whoever wants to read them.

void NodeLog::write(const PaymentAccepted& notice) const {
    spdlog::logger& log = log_.of(LogCategory::pool);
    if (!log.should_log(spdlog::level::debug)) return;
    log.debug("payment {} is held", name_of_payment(notice.payment));
}

void NodeLog::write(const PaymentRefused& notice) const {
    spdlog::logger& log = log_.of(LogCategory::pool);
    if (!log.should_log(spdlog::level::debug)) return;
    log.debug("payment {} refused: {}", name_of_payment(notice.payment), to_text(notice.refusal));
}

void NodeLog::write(const DoubleSpendAttempted& notice) const {
    log_.of(LogCategory::pool)
        .warn("double spend attempted{}: payment {} spends a coin that {} spends",
              notice.pays_us ? " AGAINST THIS WALLET" : "", name_of_payment(notice.offered),
              name_of_payment(notice.held));
}

std::string NodeLog::name_of_block(BlockIndex block) const {
    return to_hex_reversed(archive_.blocks()[block].hash.view());
}

std::string NodeLog::name_of_payment(TransactionIndex payment) const {
    return to_hex_reversed(archive_.transactions()[payment].id.view());
}

}  // namespace bezant::net
